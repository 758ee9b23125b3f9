package dev.johwa.serve.target;

import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.process.Usage;
import dev.johwa.lib.task.Cancel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Processes, and beside them containers, which only those servers load that have an app in one. What is to be started
/// says where; an instance knows where it is. Safe for use by many threads.
final class SeveralTargets implements Target {
    private final Target processes;
    private final LaterTarget containers;

    SeveralTargets(Target processes, LaterTarget containers) {
        this.processes = processes;
        this.containers = containers;
    }

    @Override
    public String name() {
        return processes.name();
    }

    private Target of(InstanceSpec spec) {
        return named(spec.target());
    }

    private Target of(Instance instance) {
        return named(instance.target());
    }

    private Target named(String name) {
        return name.equals(containers.name()) ? containers.take() : processes;
    }

    /// Those that may have something here.
    private Stream<Target> used() {
        return Stream.concat(Stream.of(processes), containers.used().stream());
    }

    @Override
    public Instance start(InstanceSpec spec) {
        return of(spec).start(spec);
    }

    @Override
    public boolean runsBesideItself(InstanceSpec spec) {
        return of(spec).runsBesideItself(spec);
    }

    @Override
    public boolean lostItsPort(Instance instance) {
        return of(instance).lostItsPort(instance);
    }

    @Override
    public boolean waitsForInput(Instance instance) {
        return of(instance).waitsForInput(instance);
    }

    @Override
    public Observation observe(Instance instance) {
        return of(instance).observe(instance);
    }

    @Override
    public Observation glance(Instance instance) {
        return of(instance).glance(instance);
    }

    @Override
    public Optional<Usage> usage(Instance instance) {
        return of(instance).usage(instance);
    }

    @Override
    public boolean endedByItself(Instance instance) {
        return of(instance).endedByItself(instance);
    }

    @Override
    public OptionalLong size(Instance instance) {
        return of(instance).size(instance);
    }

    @Override
    public boolean leadsHere(String target) {
        return named(target).leadsHere(target);
    }

    @Override
    public Exit run(InstanceSpec spec, Output output, Duration limit, Cancel cancel) {
        return of(spec).run(spec, output, limit, cancel);
    }

    @Override
    public Instance begin(InstanceSpec spec) {
        return of(spec).begin(spec);
    }

    @Override
    public Attached open(InstanceSpec spec, Optional<TerminalSize> terminal) {
        return of(spec).open(spec, terminal);
    }

    @Override
    public Attached enter(Instance instance, InstanceSpec spec, Optional<TerminalSize> terminal) {
        return of(instance).enter(instance, spec, terminal);
    }

    @Override
    public Optional<Exit> exit(Instance instance) {
        return of(instance).exit(instance);
    }

    @Override
    public void stop(Instance instance, Duration grace) {
        of(instance).stop(instance, grace);
    }

    @Override
    public void kill(Instance instance) {
        of(instance).kill(instance);
    }

    @Override
    public void suspend(Instance instance, Duration atMost) {
        of(instance).suspend(instance, atMost);
    }

    @Override
    public void resume(Instance instance) {
        of(instance).resume(instance);
    }

    @Override
    public void remove(Instance instance) {
        of(instance).remove(instance);
    }

    @Override
    public void forget(Instance instance) {
        of(instance).forget(instance);
    }

    /// Containers have theirs in the same places.
    @Override
    public List<Path> data(String app) {
        return processes.data(app);
    }

    @Override
    public Optional<Path> data(String app, String environment, String path) {
        return processes.data(app, environment, path);
    }

    /// Both have their data in the same places: where there are containers, that target knows what of it others have.
    @Override
    public void discard(String app, String environment) {
        containers.used().orElse(processes).discard(app, environment);
    }

    @Override
    public void renew(String app, String environment) {
        containers.used().orElse(processes).renew(app, environment);
    }

    @Override
    public void discardProject(String project) {
        containers.used().ifPresent(target -> target.discardProject(project));
    }

    @Override
    public void discard(String app) {
        containers.used().orElse(processes).discard(app);
    }

    @Override
    public List<Instance> find() {
        return used().flatMap(target -> target.find().stream()).toList();
    }

    @Override
    public void sweep() {
        used().forEach(Target::sweep);
    }

    @Override
    public void rest() {
        used().forEach(Target::rest);
    }

    @Override
    public List<String> lastWords(Instance instance, int lines) {
        return of(instance).lastWords(instance, lines);
    }
}
