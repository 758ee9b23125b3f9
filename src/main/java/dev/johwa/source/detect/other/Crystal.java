package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Crystal with Shards: the first target of shard.yml.
public final class Crystal implements Provider {
    private static final Needed CRYSTAL = Needed.packaged("crystal", "crystal");
    private static final Needed SHARDS = Needed.packaged("shards", "shards");
    private static final Pattern TARGET = Pattern.compile("(?m)^targets:\\s*\\n(?:\\s*#.*\\n)*\\s+([\\w-]+):");
    private static final Pattern DEPENDS = Pattern.compile("(?m)^(development_)?dependencies:");
    private static final Pattern LISTENS =
            Pattern.compile("HTTP::Server|TCPServer|require \"(kemal|lucky|amber|grip|athena|spider-gazelle)");
    private static final Pattern KEMAL = Pattern.compile("require \"kemal\"");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest = folder.read("shard.yml");
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("crystal", "Crystal").because("shard.yml", "a shard");
        draft.packageManager = Optional.of("shards");
        CRYSTAL.languageOn(toolchains, folder, draft);
        SHARDS.on(toolchains, draft);
        if (DEPENDS.matcher(manifest.get()).find()) {
            draft.install.add(List.of("shards", "install"));
        }
        if (!folder.files(name -> name.matches("spec/.*_spec\\.cr")).isEmpty()) {
            var report = Test.RESULTS + "/crystal.xml";
            draft.test.add(
                    new Test(List.of("crystal", "spec", "--junit_output", report), "other", Optional.of(report)));
        }
        var target = TARGET.matcher(manifest.get());
        if (!target.find()) {
            draft.service = Service.LIBRARY;
            return Optional.of(draft);
        }
        draft.build.add(List.of("shards", "build", "--release", target.group(1)));
        var sources = folder.files(name -> name.startsWith("src/") && name.endsWith(".cr"));
        boolean isWeb = sources.stream().anyMatch(name -> folder.says(name, LISTENS));
        boolean isKemal = sources.stream().anyMatch(name -> folder.says(name, KEMAL));
        var program = "./bin/" + target.group(1);
        var command = isKemal
                ? Draft.shell("exec " + program + " --port \"${PORT:-3000}\" --bind \"${HOST:-127.0.0.1}\"")
                : List.of(program);
        draft.starts(command, isWeb, false).health(folder, sources);
        return Optional.of(draft);
    }
}
