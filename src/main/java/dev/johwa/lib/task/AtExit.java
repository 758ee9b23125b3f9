package dev.johwa.lib.task;

/// What is done when this program is told to end (Ctrl-C) while something is under way; close it when that is over.
public final class AtExit implements AutoCloseable {
    private final Thread hook;

    public AtExit(Runnable work) {
        this.hook = new Thread(work, "at exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program ends already, and the work is done.
        }
    }
}
