package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.text.Sizes;
import dev.johwa.watch.chaos.FaultOrder.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads what is said of a fault by name.
final class OrderReader {
    private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,6})(ms|s|m)");
    private static final Pattern SHARE = Pattern.compile("(100|\\d{1,2}(\\.\\d{1,2})?)%");
    private static final Pattern AMOUNT = Pattern.compile("([1-9]\\d{0,2})(%?)");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9-]{1,60}(: ?[\\x20-\\x7e]{1,200})?");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final String FULL = "full";

    private final Map<String, String> options;
    private final List<Problem> problems = new ArrayList<>();

    OrderReader(Map<String, String> options) {
        this.options = options;
    }

    FaultOrder read(String word) {
        var kind = FaultKind.of(word);
        if (kind.isEmpty()) {
            throw Problem.user("fault.kind", "there is no fault '" + word + "'")
                    .hint(Near.question(word, FaultKind.words())
                            .orElse("there are " + String.join(", ", FaultKind.words())))
                    .exception();
        }
        requireKnown(kind.get());
        var order = new FaultOrder(
                kind.get(),
                options.getOrDefault("environment", ""),
                time("for", FaultOrder.LONGEST),
                value("instances", "a number or a share such as 1 or 50%", this::amount)
                        .orElse(new Amount(1, false)),
                value("share", "a share of requests such as 20%", OrderReader::share)
                        .orElse(0),
                value("header", "a field: NAME, or NAME: VALUE", text -> matching(FIELD, text)),
                time("delay", FaultOrder.LONGEST_DELAY),
                value("status", "a status from 400 to 599", text -> number(text, 400, 599))
                        .orElse(503),
                value(
                                "cpus",
                                "a number from 1 to " + FaultOrder.MOST_CPUS,
                                text -> number(text, 1, FaultOrder.MOST_CPUS))
                        .orElse(1),
                bytes(kind.get()),
                value("data", "the name of its address, such as DATABASE_URL", text -> matching(NAME, text)),
                options.getOrDefault("production", "false").equals("true"));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return order;
    }

    private void requireKnown(FaultKind kind) {
        options.keySet().stream()
                .filter(name -> !kind.options().contains(name))
                .forEach(name -> problems.add(Problem.user("fault.option", "'" + kind.word() + "' has no --" + name)
                        .hint(Near.question(name, kind.options())
                                .orElse("it has --" + String.join(", --", kind.options())))));
        kind.needs().stream()
                .filter(name -> options.getOrDefault(name, "").isEmpty())
                .forEach(name ->
                        problems.add(Problem.user("fault.radius", "'" + kind.word() + "' does not say --" + name)
                                .hint("how far a fault goes is always said: --" + String.join(", --", kind.needs()))));
    }

    private <T> Optional<T> value(String name, String form, Function<String, Optional<T>> read) {
        var text = options.getOrDefault(name, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var value = read.apply(text);
        if (value.isEmpty()) {
            problems.add(Problem.user("fault.value", "--" + name + " is '" + text + "'")
                    .hint("write " + form));
        }
        return value;
    }

    private Duration time(String name, Duration longest) {
        var form = "a time of at most " + longest.toSeconds() + "s, such as 300ms, 30s or 2m";
        return value(name, form, text -> duration(text).filter(time -> time.compareTo(longest) <= 0))
                .orElse(Duration.ZERO);
    }

    private static Optional<Duration> duration(String text) {
        var time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(time.group(1));
        return Optional.of(
                switch (time.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case String _ -> Duration.ofMinutes(count);
                });
    }

    private long bytes(FaultKind kind) {
        long most = kind == FaultKind.DISK ? FaultOrder.MOST_DISK : FaultOrder.MOST_MEMORY;
        var form = "a size of at most " + (most >> 30) + "Gi, such as 200Mi";
        if (kind == FaultKind.DISK && options.getOrDefault("size", "").equals(FULL)) {
            return FaultOrder.FULL;
        }
        return value("size", form, text -> Sizes.read(text).filter(size -> size > 0 && size <= most))
                .orElse(0L);
    }

    private Optional<Amount> amount(String text) {
        var amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(amount.group(1));
        boolean isShare = !amount.group(2).isEmpty();
        return isShare && number > 100 ? Optional.empty() : Optional.of(new Amount(number, isShare));
    }

    private static Optional<Integer> share(String text) {
        return matching(SHARE, text)
                .map(share -> (int) Math.round(Double.parseDouble(share.substring(0, share.length() - 1)) * 100))
                .filter(share -> share > 0);
    }

    private static Optional<Integer> number(String text, int least, int most) {
        return matching(Pattern.compile("\\d{1,6}"), text)
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return Optional.of(text).filter(each -> pattern.matcher(each).matches());
    }
}
