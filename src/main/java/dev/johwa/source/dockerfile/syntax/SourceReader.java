package dev.johwa.source.dockerfile.syntax;

import dev.johwa.lib.text.RawNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads a Dockerfile line by line, as `parser.Parse` of BuildKit's front end does, and goes on after what is wrong.
public final class SourceReader {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";
    private static final Set<String> WITH_HEREDOCS = Set.of("add", "copy", "run");

    private final PhysicalLines lines;
    private final Directives directives = new Directives();
    private final List<Statement> statements = new ArrayList<>();
    private final List<Source.Refusal> refusals = new ArrayList<>();
    private final List<Statement.Span> emptyContinuations = new ArrayList<>();
    private boolean isCut;

    private SourceReader(String raw) {
        this.lines = new PhysicalLines(raw);
    }

    /// @param raw the file, a character a byte
    public static Source read(String raw) {
        var reader = new SourceReader(raw);
        reader.all();
        return new Source(
                reader.statements,
                reader.directives.escape(),
                reader.directives.value("syntax"),
                reader.directives.value("check"),
                reader.refusals,
                reader.emptyContinuations);
    }

    private void all() {
        for (var next = lines.next(); next.isPresent() && !isCut; next = lines.next()) {
            var line = next.get();
            if (lines.number() == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                line = line.substring(BYTE_ORDER_MARK.length());
            }
            first(Runes.trimLeft(Runes.withoutNewline(line)));
        }
        if (lines.isTooLong()) {
            int number = lines.number() + 1;
            refuse(
                    new Refused(
                            "line-length",
                            "the line is longer than " + (PhysicalLines.LONGEST - 1) + " bytes",
                            null,
                            "break it, or put what it holds into a file of its own"),
                    new Statement.Span(number, number));
        } else if (statements.isEmpty() && refusals.isEmpty()) {
            refuse(
                    new Refused("empty", "the file has no instructions", null, "it begins with FROM IMAGE"),
                    new Statement.Span(1, 1));
        }
    }

    private void refuse(Refused why, Statement.Span span) {
        refusals.add(new Source.Refusal(why, span));
    }

    /// A line that continues none.
    private void first(String line) {
        int number = lines.number();
        try {
            directives.read(line);
        } catch (Refused e) {
            refuse(e, new Statement.Span(number, number));
        }
        var part = Continued.of(isComment(line) ? "" : line, directives.escape());
        if (part.text().isEmpty() && !part.goesOn()) {
            return;
        }
        var whole = new StringBuilder(part.text());
        boolean goesOn = part.goesOn();
        boolean hasEmpty = false;
        while (goesOn) {
            var next = lines.next();
            if (next.isEmpty()) {
                break;
            }
            var text = Runes.withoutNewline(next.get());
            boolean isEmpty = Runes.trimLeft(text).isEmpty();
            hasEmpty |= isEmpty;
            if (!isEmpty && !isComment(text)) {
                var more = Continued.of(text, directives.escape());
                whole.append(more.text());
                goesOn = more.goesOn();
            }
        }
        var span = new Statement.Span(number, lines.number());
        if (hasEmpty) {
            emptyContinuations.add(span);
        }
        statement(whole.toString(), span);
    }

    private void statement(String text, Statement.Span span) {
        try {
            var statement = StatementReader.read(text, directives.escape(), span);
            if (!text.contains("<<") || !mayHaveHeredocs(statement)) {
                statements.add(statement);
                return;
            }
            var files = new ArrayList<Heredoc>();
            for (var announced : Heredoc.announced(text)) {
                files.add(filled(announced));
            }
            statements.add(statement.with(files, new Statement.Span(span.first(), lines.number())));
        } catch (Refused e) {
            refuse(e, span);
        }
    }

    private static boolean mayHaveHeredocs(Statement statement) {
        var name = statement.name();
        boolean isTrigger = name.equals("onbuild") && !statement.arguments().isEmpty();
        var inner = isTrigger ? Runes.lower(statement.arguments().getFirst()) : name;
        return WITH_HEREDOCS.contains(inner) && !statement.isJson();
    }

    private Heredoc filled(Heredoc announced) throws Refused {
        var content = new StringBuilder();
        for (var next = lines.next(); next.isPresent(); next = lines.next()) {
            var line = Runes.withoutNewline(next.get());
            if ((announced.chomps() ? Runes.withoutTabs(line) : line).equals(announced.name())) {
                return announced.filled(content.toString());
            }
            content.append(next.get());
        }
        isCut = true;
        throw new Refused(
                "heredoc",
                "the heredoc '" + RawNames.text(announced.name()) + "' has no end",
                "<<",
                "end it by a line that holds that word alone");
    }

    private static boolean isComment(String line) {
        return Runes.trimLeft(line).startsWith("#");
    }

    /// A line and whether the next one continues it.
    private record Continued(String text, boolean goesOn) {
        /// Its last letter escapes its end, and is not escaped itself.
        static Continued of(String line, char escape) {
            int end = line.length();
            while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
                end--;
            }
            boolean goesOn = end > 0 && line.charAt(end - 1) == escape && (end == 1 || line.charAt(end - 2) != escape);
            return new Continued(goesOn ? line.substring(0, end - 1) : line, goesOn);
        }
    }
}
