package dev.johwa.source.detect.node;

import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.version.PlainVersion;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// On which Node.js an old package runs that says nothing of it, or too little: it calls what later lines took away.
/// A project that asks for such a version was written on a Node.js of its time, and runs on that.
///
/// The rows are `path.exists` and `process.EventEmitter`, which Node.js 0.10 was the last to have or to have without a
/// word, the binding `natives` reads, gone with 12, `os.tmpDir`, gone with 14, the binding of the HTTP parser, gone with
/// 12, `Readable.closed`, which is only read since 18, and the lines for which node-sass was compiled.
final class NodeEra {
    /// Holds for versions below one, on lines of Node.js below another.
    private record Row(String name, String below, String node) {}

    private static final List<Row> ROWS = List.of(
            new Row("socket.io", "0.9.17", "0.11"),
            new Row("gulp", "4", "12"),
            new Row("spdy", "3.4", "12"),
            new Row("hapi", "9", "14"),
            new Row("restify", "10", "18"),
            new Row("node-sass", "4.10", "11"),
            new Row("node-sass", "4.12", "12"),
            new Row("node-sass", "4.13", "13"),
            new Row("node-sass", "4.14", "14"),
            new Row("node-sass", "5", "15"),
            new Row("node-sass", "6", "16"),
            new Row("node-sass", "7", "17"),
            new Row("node-sass", "8", "18"),
            new Row("node-sass", "9", "20"));
    /// The least of a range that ends before the next version of its line.
    private static final Pattern LEAST = Pattern.compile("\\s*[~^=v]*\\s*(\\d[\\d.]*?)(?:\\.[x*])*\\s*(?:-.*)?");

    private NodeEra() {}

    /// What the packages of a project ask for, told; nothing where they run on all that is maintained.
    static Asks asks(NodeProject project, Draft draft) {
        var asks = Asks.none("node");
        for (var row : ROWS) {
            var version = least(project, row.name());
            boolean isMet = version.filter(each -> PlainVersion.ORDER.compare(each, row.below()) < 0)
                    .isPresent();
            if (isMet) {
                draft.because(
                        "package.json",
                        row.name() + " " + version.get() + " knows no Node.js from " + row.node() + " on");
                asks = asks.and("package.json", "<" + row.node(), Syntax.NPM);
            }
        }
        return asks;
    }

    private static Optional<String> least(NodeProject project, String name) {
        return project.manifest()
                .version(name)
                .map(LEAST::matcher)
                .filter(found -> found.matches())
                .map(found -> found.group(1));
    }
}
