package dev.johwa.door.cli;

/// The groups in which the root help shows the verbs, in its order.
public enum Group {
    START("Start"),
    PROJECT("Project"),
    PIPELINE("Pipeline"),
    BUILD("Build"),
    SHIP("Ship"),
    LEARN("Learn"),
    SERVE("Serve"),
    OPERATE("Operate");

    private final String title;

    Group(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
