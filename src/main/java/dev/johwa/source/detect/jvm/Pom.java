package dev.johwa.source.detect.jvm;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Passages;
import dev.johwa.source.detect.stack.Folder;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// What a pom.xml says by itself, without its parent's.
///
/// @param folder where it lies, `.` for the root
/// @param text as it is written, for what only needs a word from it
record Pom(String folder, Element project, String text) {
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern TEST_ONLY = Pattern.compile("<scope>\\s*(test|provided|import)\\s*</scope>");
    private static final int MOST_SUBSTITUTIONS = 5;

    /// @throws dev.johwa.lib.problem.ProblemException when it is no XML, saying where
    static Optional<Pom> read(Folder files, String folder) {
        var file = folder.equals(".") ? "pom.xml" : folder + "/pom.xml";
        return files.read(file).map(text -> {
            var declared = text.replaceFirst("^\\s*(<\\?xml[^>]*?)\\s+encoding=(\"[^\"]*\"|'[^']*')", "$1");
            return new Pom(folder, parse(file, declared).getDocumentElement(), text);
        });
    }

    private static Document parse(String file, String text) {
        try {
            return builder().parse(new InputSource(new StringReader(text)));
        } catch (SAXParseException e) {
            throw Problem.user("detect.pom", "pom.xml is no XML: " + e.getMessage())
                    .at(new Place(file, Math.max(0, e.getLineNumber()), Math.max(0, e.getColumnNumber())))
                    .hint("mend it there; `mvn validate` shows the same error")
                    .exception();
        } catch (SAXException | IOException e) {
            throw Problem.user("detect.pom", "pom.xml is no XML: " + e.getMessage())
                    .at(Place.of(file))
                    .exception();
        }
    }

    private static DocumentBuilder builder() {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Quiet());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java reads XML", e);
        }
    }

    /// Without it the parser prints to standard error.
    private static final class Quiet implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // Not worth a word.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    String packaging() {
        return value("packaging").orElse("jar");
    }

    List<String> modules() {
        return child(project, "modules").stream()
                .flatMap(modules -> children(modules, "module").stream())
                .map(module -> module.getTextContent().strip())
                .filter(module -> !module.isEmpty())
                .toList();
    }

    /// The text at a path of elements, with the properties that this file itself defines put in.
    Optional<String> value(String... path) {
        var element = Optional.of(project);
        for (var name : path) {
            element = element.flatMap(parent -> child(parent, name));
        }
        return element.map(found -> substituted(found.getTextContent().strip())).filter(text -> !text.isEmpty());
    }

    /// With the properties that this file itself defines put in.
    String substituted(String text) {
        var result = text;
        for (int i = 0; i < MOST_SUBSTITUTIONS && result.contains("${"); i++) {
            result = PROPERTY.matcher(result)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(property(found.group(1)).orElse(found.group())));
        }
        return result;
    }

    private Optional<String> property(String name) {
        var own = child(project, "properties")
                .flatMap(properties -> child(properties, name))
                .map(found -> found.getTextContent().strip());
        return switch (name) {
            case "project.artifactId", "artifactId" -> text("artifactId");
            case "project.version", "version" -> text("version").or(() -> parent("version"));
            case "project.parent.version" -> parent("version");
            case "project.build.directory" -> Optional.of("target");
            case String _ -> own;
        };
    }

    private Optional<String> text(String name) {
        return child(project, name).map(found -> found.getTextContent().strip());
    }

    /// What it says of its parent.
    Optional<String> parent(String name) {
        return child(project, "parent")
                .flatMap(parent -> child(parent, name))
                .map(found -> found.getTextContent().strip());
    }

    /// Whether it names the plugin among those that run, not only among those that are managed.
    boolean runs(String plugin) {
        return plugin(plugin).isPresent();
    }

    Optional<Element> plugin(String artifact) {
        return plugin(artifact, child(project, "build"));
    }

    /// One among those that run, else among those that are managed: for what Maven runs by itself, as its compiler.
    Optional<Element> usualPlugin(String artifact) {
        var build = child(project, "build");
        return plugin(artifact).or(() -> plugin(artifact, build.flatMap(each -> child(each, "pluginManagement"))));
    }

    private static Optional<Element> plugin(String artifact, Optional<Element> place) {
        return place.flatMap(build -> child(build, "plugins")).stream()
                .flatMap(plugins -> children(plugins, "plugin").stream())
                .filter(plugin -> child(plugin, "artifactId")
                        .filter(id -> id.getTextContent().strip().equals(artifact))
                        .isPresent())
                .findFirst();
    }

    /// The main class that a plugin is told, wherever in its configuration.
    Optional<String> mainClass(String plugin) {
        return plugin(plugin)
                .flatMap(found -> below(found, "mainClass")
                        .or(() -> below(found, "Main-Class"))
                        .map(this::substituted));
    }

    /// A value of a plugin's configuration, its own or that of an execution.
    Optional<String> configured(String plugin, String name) {
        return usualPlugin(plugin).stream()
                .flatMap(found -> Stream.concat(
                        Stream.of(found),
                        child(found, "executions").stream()
                                .flatMap(executions -> children(executions, "execution").stream())))
                .flatMap(place -> child(place, "configuration").stream())
                .flatMap(configuration -> child(configuration, name).stream())
                .map(found -> substituted(found.getTextContent().strip()))
                .findFirst();
    }

    /// The text of the first element of that name, however deep.
    static Optional<String> below(Element element, String name) {
        return first(element, name).map(found -> found.getTextContent().strip());
    }

    /// The first element of that name, however deep.
    static Optional<Element> first(Element element, String name) {
        return element.getElementsByTagName(name).item(0) instanceof Element found
                ? Optional.of(found)
                : Optional.empty();
    }

    /// The elements in another, one level down.
    static List<Element> elements(Element parent) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /// The jar that packaging makes, relative to the project; empty when that is decided in another file.
    ///
    /// @param suffix of its name: `-runner`
    Optional<String> jar(String suffix) {
        var name = value("build", "finalName")
                .or(() -> text("artifactId")
                        .flatMap(artifact ->
                                property("project.version").map(version -> substituted(artifact + "-" + version))));
        return name.filter(Pom::isPlain).map(plain -> below("target/" + plain + suffix + ".jar"));
    }

    /// The jar that the shade plugin makes, which may have a name of its own.
    Optional<String> shaded() {
        var plugin = plugin("maven-shade-plugin");
        var file = plugin.flatMap(found -> below(found, "outputFile")).map(this::substituted);
        if (file.isPresent()) {
            return file.filter(name -> name.matches("[\\w./-]+")).map(this::below);
        }
        var name = plugin.flatMap(found -> below(found, "finalName")).map(this::substituted);
        boolean isAttached = plugin.flatMap(found -> below(found, "shadedArtifactAttached"))
                .filter("true"::equals)
                .isPresent();
        if (isAttached && name.isEmpty()) {
            return attached(plugin.orElseThrow());
        }
        var suffix = plugin.flatMap(found -> below(found, "shadedClassifierName"))
                .map(classifier -> "-" + classifier)
                .filter(Pom::isPlain)
                .orElse("");
        return name.isPresent() ? name.filter(Pom::isPlain).map(each -> below("target/" + each + ".jar")) : jar(suffix);
    }

    /// A shaded jar beside the plain one is named by artifact, version and classifier, whatever the plain one is
    /// called.
    private Optional<String> attached(Element plugin) {
        var artifact = below(plugin, "shadedArtifactId").map(this::substituted).or(() -> text("artifactId"));
        var classifier =
                below(plugin, "shadedClassifierName").map(this::substituted).orElse("shaded");
        return artifact.flatMap(id ->
                        property("project.version").map(version -> substituted(id + "-" + version + "-" + classifier)))
                .filter(Pom::isPlain)
                .map(plain -> below("target/" + plain + ".jar"));
    }

    /// Whether a name can stand in a path as it is.
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    /// Whether its parent comes from a registry, with what that says.
    boolean hasOuterParent() {
        return child(project, "parent")
                .filter(parent -> child(parent, "relativePath")
                                .filter(path -> path.getTextContent().isBlank())
                                .isPresent()
                        || Framework.of(parent.getTextContent()) != Framework.NONE)
                .isPresent();
    }

    /// Whether the running program needs jars beside its own classes.
    boolean hasRuntimeDependencies() {
        var rest = Passages.without(text, "<!--", "-->");
        rest = Passages.without(rest, "<dependencyManagement>", "</dependencyManagement>");
        rest = Passages.without(rest, "<plugin>", "</plugin>");
        return Passages.of(rest, "<dependency>", "</dependency>").stream()
                .anyMatch(found -> !TEST_ONLY.matcher(found).find());
    }

    /// The same, as seen from elsewhere.
    Pom at(String place) {
        return new Pom(place, project, text);
    }

    /// A path of this module, as seen from the root.
    String below(String path) {
        return folder.equals(".") ? path : folder + "/" + path;
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent, name).stream().findFirst();
    }

    private static List<Element> children(Element parent, String name) {
        return elements(parent).stream()
                .filter(element -> element.getTagName().equals(name))
                .toList();
    }
}
