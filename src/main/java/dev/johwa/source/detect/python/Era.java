package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a package needs that its requirements do not say: it was published with dependencies open upwards, and breaks
/// with what came after it. A project that names one version of such a package, and not what that brings along, worked
/// when it was written, and is installed as it was then. What the project names itself stays as it names it.
///
/// The rows are what releases took away that older packages import: Werkzeug 1, 2.1 and 3, Jinja 3 and 3.1, MarkupSafe
/// 2.1 (`soft_unicode`), ItsDangerous 2.1 (`json`), SQLAlchemy 2, Altair 5, NumPy 2, httpx 0.28, and Python 3.7 (the
/// name `async`), 3.10 (names of `collections`), 3.11 (`inspect.getargspec`, `asyncio.coroutine`), 3.12 (`distutils`)
/// and 3.13 (`cgi`). Packages in C or Rust run on the Python for which they were compiled ([Wheels]).
///
/// @param name as PyPI normalizes it
/// @param version that the project asks for
/// @param holds requirements in pip's words
/// @param python range of Python that it runs on; empty where that is no matter
record Era(String name, String version, List<String> holds, String python) {
    /// Holds for versions below one.
    private record Row(String name, String below, List<String> holds, String python) {
        Era of(String version) {
            return new Era(name, version, holds, python);
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("aiohttp", "3.7", List.of(), "<3.10"),
            new Row("celery", "4.3", List.of(), "<3.7"),
            new Row("celery", "5.0", List.of(), "<3.10"),
            new Row("django", "1.11.17", List.of(), "<3.7"),
            new Row("django", "2.2", List.of(), "<3.10"),
            new Row("django", "4.0", List.of(), "<3.12"),
            new Row("django", "4.2", List.of(), "<3.13"),
            new Row("eventlet", "0.33", List.of(), "<3.10"),
            new Row("eventlet", "0.34", List.of(), "<3.12"),
            new Row("flask", "1.0", List.of("werkzeug<1", "jinja2<3", "itsdangerous<2.1", "markupsafe<2.1"), "<3.10"),
            new Row("flask", "2.0", List.of("werkzeug<2.1", "jinja2<3.1", "itsdangerous<2.1"), ""),
            new Row("flask", "2.3", List.of("werkzeug<3"), ""),
            new Row("flask-login", "0.6.3", List.of("werkzeug<3"), ""),
            new Row("flask-sqlalchemy", "3.0", List.of("sqlalchemy<2"), ""),
            new Row("flask-restful", "0.3.9", List.of(), "<3.10"),
            new Row("flask-restplus", "1.0", List.of("werkzeug<1"), "<3.10"),
            new Row("html5lib", "1.0", List.of(), "<3.10"),
            new Row("jinja2", "2.11", List.of("markupsafe<2.1"), "<3.10"),
            new Row("jinja2", "3.0", List.of("markupsafe<2.1"), ""),
            new Row("functions-framework", "2.0", List.of("markupsafe<2.1"), ""),
            new Row("gunicorn", "20.0", List.of(), "<3.11"),
            new Row("streamlit", "1.22", List.of("altair<5"), ""),
            new Row("pandas", "2.2.2", List.of("numpy<2"), ""),
            new Row("pydantic", "1.10", List.of(), "<3.11"),
            new Row("pydantic", "1.10.13", List.of(), "<3.12"),
            new Row("pymongo", "3.5", List.of(), "<3.10"),
            new Row("sanic", "20.9", List.of(), "<3.9"),
            new Row("sanic", "21.12", List.of(), "<3.10"),
            new Row("starlette", "0.15", List.of(), "<3.11"),
            new Row("tornado", "6.0", List.of(), "<3.10"));

    Era {
        holds = List.copyOf(holds);
    }

    /// Those that a project asks for; none where a lock says every version.
    static List<Era> of(PythonPackages packages) {
        Map<String, String> exact = packages.exact();
        var broken = ROWS.stream().collect(Collectors.groupingBy(Row::name)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(rows -> Stream.ofNullable(exact.get(rows.getKey()))
                        .flatMap(version -> first(rows.getValue(), version).stream()));
        return Stream.concat(broken, compiled(exact)).toList();
    }

    private static Stream<Era> compiled(Map<String, String> exact) {
        return exact.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(pin -> Wheels.missingFrom(pin.getKey(), pin.getValue()).stream()
                        .map(python -> new Era(pin.getKey(), pin.getValue(), List.of(), "<" + python)));
    }

    private static Optional<Era> first(List<Row> rows, String version) {
        return rows.stream()
                .filter(row -> Syntax.PYTHON.fits(version, "<" + row.below()))
                .findFirst()
                .map(row -> row.of(version));
    }

    /// Has the packages of its time installed, and tells so.
    void hold(PythonPackages packages, Draft draft) {
        var missing = holds.stream()
                .filter(requirement -> !packages.has(requirement.replaceFirst("<.*", "")))
                .toList();
        missing.forEach(packages::hold);
        if (!missing.isEmpty()) {
            var held = String.join(", ", missing);
            draft.warn(
                    "detect.era",
                    name + " " + version + " admits packages that came after it and that it does not work with; " + held
                            + (missing.size() == 1 ? " is" : " are") + " installed with it",
                    "name " + held + " in " + packages.manifest().orElse("requirements.txt") + ", or raise " + name);
        }
    }
}
