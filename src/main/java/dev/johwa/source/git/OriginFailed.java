package dev.johwa.source.git;

/// An origin did not give what it was asked for; the message is what git said.
public final class OriginFailed extends Exception {
    private static final long serialVersionUID = 1;

    OriginFailed(String said) {
        super(said);
    }
}
