package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.source.eject.Ejection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// What was ejected, told at once when all is done; used by one thread.
final class EjectReport {
    private final Session session;
    private final List<String> to;
    private final boolean json;
    private final List<String> files = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> own = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private final List<String> next = new ArrayList<>();

    EjectReport(Session session, List<String> to, boolean json) {
        this.session = session;
        this.to = to;
        this.json = json;
    }

    void ejected(Ejection ejection, EjectFiles.Outcome outcome) {
        outcome.written().forEach(each -> files.add(each.toString()));
        outcome.left().forEach(each -> left.add(each.toString()));
        outcome.own().forEach(each -> own.add(each.toString()));
        kept.addAll(ejection.kept());
        gaps.addAll(ejection.gaps());
        next.addAll(ejection.next());
    }

    /// @param name the folder as the person knows it
    void playbook(Path name, Path place, List<String> written) {
        written.forEach(each -> files.add(place.resolve(each).toString()));
        next.add("ansible-playbook -i " + name.resolve("inventory.ini") + " " + name.resolve("playbook.yml"));
    }

    /// @return whether all that was asked for is there
    boolean tell() {
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("to", to);
            document.put("files", files);
            document.put("left", Stream.concat(left.stream(), own.stream()).toList());
            document.put("kept", kept);
            document.put("gaps", gaps);
            document.put("next", next);
            session.screen().line(Json.pretty(document));
        } else {
            people();
        }
        return left.isEmpty() && own.isEmpty() && !(files.isEmpty() && kept.isEmpty());
    }

    private void people() {
        var screen = session.screen();
        files.forEach(each -> screen.line("Written: " + each));
        left.forEach(each -> screen.line("Left as it is: " + each + " (it differs; --force writes over it)"));
        own.forEach(each ->
                screen.line("Left as it is: " + each + " (it is the project's own; --out writes into another folder)"));
        kept.forEach(each -> screen.line("Kept: " + each));
        gaps.forEach(each -> screen.line("Not in these files: " + each));
        next.forEach(each -> screen.progress("Next: " + each));
    }
}
