package dev.johwa;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `bench/fuzz` gives to Jazzer: one parser, which it leads by what its bytes reach. As a program it lists the
/// parsers, and writes down what people write for one of them.
public final class AnyInput {
    private static Parser parser = Parser.ofText("none", text -> {});

    private AnyInput() {}

    private static Parser named(String name) throws IOException {
        return Parsers.all(Files.createTempDirectory("johwa-fuzz")).stream()
                .filter(each -> word(each).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String word(Parser each) {
        return each.name().replaceAll("[^A-Za-z0-9.]+", "-");
    }

    /// Called once by Jazzer, with the word of a parser.
    public static void fuzzerInitialize(String[] words) throws IOException {
        parser = named(words[0]);
    }

    /// Called for each input.
    public static void fuzzerTestOneInput(byte[] bytes) {
        parser.take(bytes);
    }

    /// Without words it lists those of the parsers; with one and a folder it writes the seeds there.
    public static void main(String[] words) throws IOException {
        if (words.length == 0) {
            var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            Parsers.all(Path.of("")).forEach(each -> out.println(word(each)));
            return;
        }
        var chosen = named(words[0]);
        var folder = Files.createDirectories(Path.of(words[1]));
        for (int i = 0; i < chosen.seeds().size(); i++) {
            Files.write(folder.resolve("seed-" + i), chosen.seeds().get(i).getBytes(chosen.charset()));
        }
    }
}
