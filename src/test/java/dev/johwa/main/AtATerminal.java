package dev.johwa.main;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A platform for all tests of a class, and somebody at a terminal for each of them.
abstract class AtATerminal {
    static Platform platform;

    @TempDir
    Path home;

    Terminal terminal;

    @BeforeAll
    static void openPlatform() throws Exception {
        platform = new Platform();
    }

    @AfterAll
    static void closePlatform() throws Exception {
        platform.close();
    }

    @BeforeEach
    void sitDown() {
        terminal = new Terminal(platform, home);
    }

    int johwa(String... words) {
        return terminal.johwa(words);
    }

    String out() {
        return terminal.out();
    }

    String err() {
        return terminal.err();
    }
}
