package dev.johwa.source.detect.python;

import dev.johwa.source.detect.stack.Folder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Packages that the code of a project imports which has no manifest at all. Only those are known by their import that
/// many use and that nobody else could have published under that name: what is not in the table is told as missing when
/// it starts.
final class Imports {
    /// Imported under the name of the package.
    private static final String SAME = "aiohttp bottle cherrypy dash django falcon fastapi fasthtml flask flask_cors"
            + " flask_login flask_sqlalchemy flask_wtf gevent gradio httpx jinja2 litestar markdown matplotlib nicegui"
            + " numpy openpyxl pandas plotly pydantic pygments pyramid quart requests sanic scipy seaborn sqlalchemy"
            + " starlette streamlit tornado uvicorn waitress werkzeug";
    private static final Map<String, String> OTHER = Map.of(
            "PIL", "pillow",
            "bs4", "beautifulsoup4",
            "cv2", "opencv-python-headless",
            "dateutil", "python-dateutil",
            "dotenv", "python-dotenv",
            "fasthtml", "python-fasthtml",
            "flask_socketio", "flask-socketio",
            "sklearn", "scikit-learn",
            "socketio", "python-socketio",
            "yaml", "pyyaml");
    private static final Map<String, String> KNOWN = known();
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^[ \\t]*(?:import[ \\t]+([\\w.]+(?:[ \\t]*,[ \\t]*[\\w.]+)*+)"
                    + "|from[ \\t]+(\\w+)[\\w.]*[ \\t]+import)");
    private static final int DEEPEST = 2;
    private static final int MOST_READ = 60;

    private Imports() {}

    private static Map<String, String> known() {
        var known = Arrays.stream(SAME.split(" "))
                .collect(Collectors.toMap(Function.identity(), name -> name.replace('_', '-')));
        known.putAll(OTHER);
        return Map.copyOf(known);
    }

    /// As PyPI names them, in order; nothing that is a module of the project itself.
    static List<String> packages(Folder folder) {
        return folder.files(DEEPEST, name -> name.endsWith(".py")).stream()
                .limit(MOST_READ)
                .flatMap(file -> IMPORT.matcher(folder.read(file).orElse("")).results())
                .flatMap(Imports::modules)
                .distinct()
                .filter(KNOWN::containsKey)
                .filter(module -> !folder.has(module + ".py") && !folder.hasFolder(module))
                .map(KNOWN::get)
                .sorted()
                .toList();
    }

    private static Stream<String> modules(MatchResult found) {
        return found.group(2) != null
                ? Stream.of(found.group(2))
                : Arrays.stream(found.group(1).split(","))
                        .map(name -> name.strip().replaceFirst("\\..*", ""));
    }
}
