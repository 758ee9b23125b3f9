package dev.johwa.watch.log;

import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Logs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Takes what instances print into the store.
record Intake(LogStore store) implements Logs.Taker {
    @Override
    public Optional<Long> taken(String file) {
        return store.read(file);
    }

    @Override
    public void take(Instance instance, List<Logs.Line> lines, String file, long end) {
        store.add(
                Traces.joined(lines).stream().map(line -> line(instance, line)).toList(),
                Optional.empty(),
                Map.of(file, end));
    }

    private static LogLine line(Instance instance, Logs.Line line) {
        var source = new LogSource(instance.release(), instance.process(), instance.id(), line.stream(), "");
        return new LogLine(0, line.at(), instance.app(), instance.environment(), source, line.text(), "");
    }

    @Override
    public void forget(String file) {
        store.forget(file);
    }

    @Override
    public List<String> last(Instance instance, int lines) {
        var search = new LogSearch(
                instance.app(),
                instance.environment(),
                lines,
                OptionalInt.of(instance.release()),
                Optional.of(instance.startedAt()),
                Optional.empty(),
                Optional.of(instance.id()),
                List.of(),
                0);
        var all =
                store.find(search).stream().flatMap(line -> line.text().lines()).toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }
}
