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
/// The rows are `path.exists` and `process.EventEmitter`, which Node.js 0.10 was the last to have or to have without
/// a word, the binding `natives` reads and that of the HTTP parser, gone with 12, `os.tmpDir`, gone with 14,
/// `Readable.closed`, which is only read since 18, and the lines for which node-sass was compiled.
final class NodeEra {
    /// Holds for versions below one.
    ///
    /// @param from the line of Node.js that is liked best, and `to` the first that is too new
    private record Row(String name, String below, String from, String to) {}

    private static final List<Row> ROWS = List.of(
            new Row("socket.io", "0.9.17", "0.10", "0.11"),
            new Row("gulp", "4", "10", "12"),
            new Row("spdy", "3.4", "10", "12"),
            new Row("hapi", "9", "12", "14"),
            new Row("restify", "10", "16", "18"),
            new Row("node-sass", "4.12", "10", "11"),
            new Row("node-sass", "4.14", "12", "13"),
            new Row("node-sass", "6", "14", "15"),
            new Row("node-sass", "8", "16", "17"),
            new Row("node-sass", "9", "18", "20"));
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
                        row.name() + " " + version.get() + " knows no Node.js from " + row.to() + " on");
                asks = asks.and("package.json", ">=" + row.from() + " <" + row.to(), Syntax.NPM);
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
