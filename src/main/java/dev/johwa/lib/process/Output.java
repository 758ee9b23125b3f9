package dev.johwa.lib.process;

/// Hears what a program prints, line by line, in one thread at a time; lines longer than 64 KiB come in pieces,
/// bytes that are no UTF-8 as replacement characters.
@FunctionalInterface
public interface Output {
    void line(Channel channel, String text);

    enum Channel {
        OUT,
        ERR
    }

    static Output nothing() {
        return (channel, text) -> {};
    }
}
