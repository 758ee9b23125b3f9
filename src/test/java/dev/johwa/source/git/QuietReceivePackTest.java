package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietReceivePackTest {
    private static final IOException FULL =
            new FileSystemException("/data/git/shop.git/objects", null, "Too many open files");

    private static void store(QuietReceivePack.Storing storing) throws IOException {
        storing.inWords().store(List.of());
    }

    @Test
    void whatTheMachineHadNotGotIsToldInWordsForPeople() {
        QuietReceivePack.Storing failing = _ -> {
            throw FULL;
        };
        QuietReceivePack.Storing unchecked = _ -> {
            throw new UncheckedIOException(FULL);
        };

        for (var storing : List.of(failing, unchecked)) {
            assertThatThrownBy(() -> store(storing))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the server can open no more files for now");
        }
    }

    @Test
    void aReasonOfItsOwnStays() {
        assertThatThrownBy(() -> store(_ -> {
                    throw new IOException("the pack is cut off");
                }))
                .hasMessage("the pack is cut off");
    }
}
