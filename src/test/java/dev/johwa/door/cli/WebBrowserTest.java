package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When an address is opened, and by what.
class WebBrowserTest {
    private static final String ADDRESS = "http://shop.localhost:8080/?a=1&b=$HOME";

    @TempDir
    Path folder;

    private Path programs;

    @BeforeEach
    void noProgramsYet() throws IOException {
        programs = Files.createDirectory(folder.resolve("bin"));
    }

    private WebBrowser browser(boolean terminal, String... values) {
        var environment = new HashMap<>(Map.of("PATH", programs + ":/usr/bin:/bin"));
        for (var value : values) {
            environment.put(value, "1");
        }
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new WebBrowser(new Surroundings(
                environment,
                folder,
                folder,
                folder,
                new ByteArrayInputStream(new byte[0]),
                nowhere,
                nowhere,
                terminal));
    }

    private String program(String name) throws IOException {
        var file = programs.resolve(name);
        Files.writeString(
                file,
                "#!/bin/sh\nprintf %s \"$1\" > '" + folder + "/part'; mv '" + folder + "/part' '" + folder
                        + "/opened'\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }

    @Test
    void whatHasAScreenOpensIt() throws IOException {
        var xdg = program("xdg-open");
        assertThat(browser(true, "DISPLAY").command(ADDRESS)).contains(List.of(xdg, ADDRESS));
        assertThat(browser(true, "WAYLAND_DISPLAY", "SSH_CONNECTION").command(ADDRESS))
                .contains(List.of(xdg, ADDRESS));
        var windows = program("explorer.exe");
        assertThat(browser(true, "WSL_DISTRO_NAME").command(ADDRESS)).contains(List.of(windows, ADDRESS));
        var open = program("open");
        program("sw_vers");
        assertThat(browser(true).command(ADDRESS)).contains(List.of(open, ADDRESS));
        assertThat(browser(true, "SSH_CONNECTION").command(ADDRESS)).isEmpty();
    }

    @Test
    void whereNobodyLooksNothingIsOpened() throws IOException {
        program("xdg-open");
        assertThat(browser(false, "DISPLAY").command(ADDRESS)).isEqualTo(Optional.empty());
        assertThat(browser(true, "DISPLAY", "CI").command(ADDRESS)).isEmpty();
        assertThat(browser(true, "SSH_CONNECTION").command(ADDRESS)).isEmpty();
    }

    @Test
    void theBrowserGetsTheAddressAsItIs() throws IOException {
        program("xdg-open");
        assertThat(browser(true, "DISPLAY").open(ADDRESS)).isTrue();
        Wait.eventually(() -> Files.exists(folder.resolve("opened")));
        assertThat(Files.readString(folder.resolve("opened"))).isEqualTo(ADDRESS);
    }
}
