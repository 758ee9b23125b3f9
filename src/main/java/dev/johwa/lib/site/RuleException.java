package dev.johwa.lib.site;

/// Why a line is no rule: what it says, and what to write instead.
final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final String said;
    private final String hint;

    RuleException(String message, String hint) {
        super(message);
        this.said = message;
        this.hint = hint;
    }

    String said() {
        return said;
    }

    String hint() {
        return hint;
    }
}
