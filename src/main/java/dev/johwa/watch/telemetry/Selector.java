package dev.johwa.watch.telemetry;

/// Which series of an app in an environment are meant, in the words of a query.
///
/// @param text conditions on labels, as they stand between braces
public record Selector(String text) {
    /// @param app as its label has it: `shop` or `shop/api`
    public static Selector of(String app, String environment) {
        return new Selector(Telemetry.APP + "=" + Labels.quoted(app)).with("environment", environment);
    }

    public Selector release(int number) {
        return with("release", Integer.toString(number));
    }

    /// Of these, those with this value of a label.
    public Selector with(String label, String value) {
        return new Selector(text + "," + label + "=" + Labels.quoted(value));
    }

    /// Of these, those whose value of a label a regular expression takes as a whole.
    public Selector like(String label, String expression) {
        return new Selector(text + "," + label + "=~" + Labels.quoted(expression));
    }

    /// The series of a metric.
    public String of(String metric) {
        return metric + "{" + text + "}";
    }
}
