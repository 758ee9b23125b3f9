package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.CleanPath;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.instruction.Instruction.Pair;
import dev.johwa.source.dockerfile.syntax.Heredoc;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.ShellWords;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one instruction does to an image. Of one thread.
final class Step {
    private static final ShellWords CONTENT = new ShellWords('\\', new ShellWords.Ways(false, false, true, false));

    private final Image image;
    private final Image globals;
    private final Map<String, String> given;
    private final Budget budget;
    private final ShellWords words;

    Step(Image image, Walk.Beside beside) {
        this.image = image;
        this.globals = beside.globals();
        this.given = beside.given();
        this.budget = beside.budget();
        this.words = beside.words();
    }

    private String text(String raw) throws Refused {
        budget.spend(raw.length());
        var text = RawNames.text(words.word(raw, image));
        budget.spend(text.length());
        return text;
    }

    /// @throws Refused when no builder does it
    void apply(Instruction instruction) throws Refused {
        switch (instruction) {
            case Instruction.Argument argument -> argument(argument);
            case Instruction.Environment environment -> image.variables.putAll(pairs(environment.pairs()));
            case Instruction.Label label -> image.labels.putAll(pairs(label.pairs()));
            case Instruction.Copy copy -> copy(copy);
            case Instruction.Run run -> run(run);
            case Instruction.Command command -> {
                image.command = argv(command.statement());
                image.hasCommandOfItsOwn = true;
            }
            case Instruction.Entrypoint entrypoint -> {
                image.entrypoint = argv(entrypoint.statement());
                image.command = image.hasCommandOfItsOwn ? image.command : List.of();
            }
            case Instruction.Healthcheck healthcheck -> image.healthcheck = Optional.of(healthcheck.check());
            case Instruction.Expose expose -> expose(expose);
            case Instruction.User user -> image.user = Optional.of(text(user.user()));
            case Instruction.Volume volume -> volume(volume);
            case Instruction.StopSignal signal -> stopSignal(signal);
            case Instruction.WorkingFolder folder -> folder(text(folder.folder()));
            case Instruction.Shell shell ->
                image.shell = shell.shell().stream().map(RawNames::text).toList();
            case Instruction.OnBuild onBuild -> image.triggers.add(onBuild);
            case Instruction.Maintainer _, Instruction.From _ -> {
                // Neither changes what runs.
            }
        }
    }

    private Map<String, String> pairs(List<Pair> pairs) throws Refused {
        var texts = new LinkedHashMap<String, String>();
        for (var pair : pairs) {
            texts.put(text(pair.name()), text(pair.value().orElse("")));
        }
        return texts;
    }

    private void argument(Instruction.Argument argument) throws Refused {
        for (var pair : argument.pairs()) {
            var name = RawNames.text(pair.name());
            var value = Optional.ofNullable(given.get(name));
            if (value.isEmpty()) {
                value = pair.value().isPresent() ? Optional.of(text(pair.value().get())) : globals.get(name);
            }
            value.ifPresent(each -> image.variables.put(name, each));
        }
    }

    private void copy(Instruction.Copy copy) throws Refused {
        var sources = new ArrayList<String>();
        for (var source : copy.sources()) {
            sources.add(text(source));
        }
        text(copy.target());
        for (var file : copy.statement().heredocs()) {
            if (file.expands() && isSource(copy.statement(), file)) {
                CONTENT.word(file.content(), image);
            }
        }
        var flags = copy.flags();
        Copying.check(copy.isAdd(), sources, text(flags.text("chmod")), text(flags.text("checksum")));
        if (flags.isOn("link") && !text(flags.text("chown")).matches("([0-9]*(:[0-9]*)?)?")) {
            throw new Refused(
                    "copy",
                    "with --link there are no names of users: --chown=" + RawNames.text(flags.text("chown")),
                    "--chown",
                    "write their numbers, or leave out --link");
        }
    }

    private static boolean isSource(Statement statement, Heredoc file) {
        return statement.arguments().stream()
                .flatMap(word -> Heredoc.of(word).stream())
                .anyMatch(each -> each.name().equals(file.name()));
    }

    private void run(Instruction.Run run) throws Refused {
        for (var mount : run.mounts()) {
            var values = new LinkedHashMap<String, Optional<String>>();
            for (var key : mount.keys().entrySet()) {
                var value = key.getValue();
                values.put(
                        RawNames.text(key.getKey()),
                        value.isPresent() ? Optional.of(text(value.get())) : Optional.empty());
            }
            MountCheck.check(values, image.folder.orElse("/"));
        }
    }

    /// A text runs by the shell, as one word.
    private List<String> argv(Statement statement) {
        var given = statement.arguments().stream().map(RawNames::text).toList();
        if (statement.isJson()) {
            return given;
        }
        var argv = new ArrayList<>(image.shell);
        argv.add(String.join(" ", given));
        return argv;
    }

    private void expose(Instruction.Expose expose) throws Refused {
        for (var port : expose.ports()) {
            budget.spend(port.length());
            for (var word : words.words(port, image)) {
                var named = Ports.of(word);
                budget.spendEntries(named.size());
                image.ports.addAll(named);
            }
        }
    }

    private void volume(Instruction.Volume volume) throws Refused {
        for (var folder : volume.folders()) {
            var text = text(folder);
            if (text.isEmpty()) {
                throw new Refused("volume", "VOLUME names a folder that is empty", folder);
            }
            image.volumes.add(text);
        }
    }

    private void stopSignal(Instruction.StopSignal signal) throws Refused {
        var text = text(signal.signal());
        if (!Signals.isOne(text)) {
            throw new Refused("signal", "'" + text + "' is no signal", signal.signal(), "write SIGTERM or SIGQUIT");
        }
        image.stopSignal = Optional.of(text);
    }

    /// One that begins at the top stays as it is written.
    private void folder(String text) {
        var before = image.folder.orElse("/");
        var below = text.isEmpty() ? before : CleanPath.of(before + "/" + text);
        image.folder = Optional.of(text.startsWith("/") ? text : below);
    }
}
