package dev.johwa.lib.process;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Networks.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Starts a program: network, control group, sandbox and user around it, its output into files.
///
/// @param isRoot whether we may switch users
/// @param signals the words that give a program its signals back, before all others
record Starter(Clock clock, boolean isRoot, List<String> signals, Sandbox sandbox, Cgroups cgroups, Networks networks) {
    private static final String LOOPBACK = "127.0.0.1";

    Running start(Command command, Confinement confinement, Path folder, Wrapper.Input input) {
        return launch(command, confinement, folder, input).running();
    }

    /// @param process of the wrapper
    record Launched(Running running, Process process) {}

    Launched launch(Command command, Confinement confinement, Path folder, Wrapper.Input input) {
        boolean ownNetwork = confinement.isolation() == Isolation.NETWORK
                && networks.isAble()
                && (confinement.reaches().isEmpty() || canLeadBack());
        Optional<Network> network = ownNetwork ? Optional.of(networks.create()) : Optional.empty();
        var groups = new ArrayList<Path>();
        try {
            Files.createDirectories(folder);
            for (var name : List.of("out", "err")) {
                own(Files.createFile(folder.resolve(name)), confinement);
            }
            groups.addAll(cgroups.create(groupName(folder), confinement.limits()));
            var group = groups.stream().map(Path::toString).collect(Collectors.joining(","));
            Group.note(folder, group);
            network.ifPresent(own -> confinement.reaches().forEach(port -> networks.leadBack(own, port, groups)));
            var argv = new ArrayList<>(network.map(Network::prefix).orElse(List.of()));
            var known = sandbox.isUsed(confinement) ? OwnAccount.told(confinement, command, folder) : confinement;
            argv.addAll(Wrapper.argv(command, folder, input, groups, prefix(known)));
            var process = spawn(argv, command, folder, input);
            var address = network.map(Network::address).orElse(LOOPBACK);
            return launched(process, folder, group, address);
        } catch (IOException e) {
            network.ifPresent(networks::delete);
            Cgroups.remove(groups);
            throw Problem.resource(
                            "process.start", "'" + command.argv().getFirst() + "' cannot be started: " + e.getMessage())
                    .exception();
        }
    }

    /// @param pid of the program within the other one
    record Within(Running other, long pid, int account) {}

    /// Starts a program within what stands around another one: its namespaces, its groups, its account. It is found
    /// by its session: the groups are the other's.
    ///
    Launched launchWithin(Within place, Command command, Path folder, Wrapper.Input input) {
        try {
            Files.createDirectories(folder);
            for (var name : List.of("out", "err")) {
                Files.createFile(folder.resolve(name));
            }
            var prefix = new ArrayList<>(Namespaces.prefix(place.pid(), isRoot));
            if (isRoot && place.account() != 0) {
                prefix.addAll(AsAccount.prefix(place.account()));
            }
            var argv = Wrapper.argv(command, folder, input, new Group(place.other()).folders(), prefix);
            return launched(
                    spawn(argv, command, folder, input),
                    folder,
                    "",
                    place.other().address());
        } catch (IOException e) {
            throw Problem.resource(
                            "process.start", "'" + command.argv().getFirst() + "' cannot be started: " + e.getMessage())
                    .exception();
        }
    }

    private Launched launched(Process process, Path folder, String group, String address) {
        long ticks =
                ProcFolder.stat(process.pid()).map(ProcFolder.Stat::startTicks).orElse(0L);
        return new Launched(new Running(process.pid(), ticks, folder, group, address, clock.now()), process);
    }

    /// Without groups nobody would find those again who lead the way.
    private boolean canLeadBack() {
        return networks.canLeadBack() && cgroups.version() != Cgroups.Version.RLIMIT;
    }

    private Process spawn(List<String> argv, Command command, Path folder, Wrapper.Input input) throws IOException {
        // A shell cannot take back what it ignores since it was started: the wrapper must not begin so.
        var words = new ArrayList<>(signals);
        words.addAll(argv);
        var builder = new ProcessBuilder(words);
        if (!input.equals(Wrapper.Input.HELD)) {
            builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("err").toFile()));
        }
        builder.environment().clear();
        builder.environment().putAll(Wrapper.environment(command.environment()));
        return Spawn.start(builder);
    }

    private List<String> prefix(Confinement confinement) {
        boolean ownAccount = isRoot && confinement.account() != 0;
        var words = new ArrayList<>(Rlimits.prefix(confinement.limits(), cgroups.version(), ownAccount));
        words.addAll(sandbox.prefix(confinement));
        return words;
    }

    private void own(Path file, Confinement confinement) throws IOException {
        if (isRoot && confinement.account() != 0) {
            Files.setAttribute(file, "unix:uid", confinement.account());
        }
    }

    private String groupName(Path folder) {
        return folder.getFileName() + "-" + Long.toString(clock.ticks(), 36);
    }
}
