package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Java built by Maven: Spring Boot and other jars that start by themselves, or a main class with its class path.
final class JavaMaven implements Provider {
    private static final Pattern RELEASE = Pattern.compile(
            "<(?:maven\\.compiler\\.release|maven\\.compiler\\.target|java\\.version|release)>\\s*(?:1\\.)?(\\d+)\\s*<");
    private static final Pattern MAIN = Pattern.compile("<mainClass>\\s*([\\w.$]+)\\s*<");
    private static final Pattern MAIN_METHOD =
            Pattern.compile("(?s)(public\\s+static|static\\s+public)\\s+void\\s+main\\s*\\(");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var pom = folder.read("pom.xml");
        if (pom.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("java-maven", "Java").because("pom.xml", "built by Maven");
        draft.packageManager = Optional.of("maven");
        tools(pom.get(), folder, toolchains, draft);
        var maven = List.of("mvn", "-B", "-ntp");
        draft.caches.add(new Cache("~/.m2", List.of("pom.xml")));
        if (!folder.files(8, name -> name.contains("src/test/") && name.endsWith(".java"))
                .isEmpty()) {
            draft.test.add(new Test(with(maven, "test"), "surefire", Optional.of("**target/surefire-reports/*.xml")));
        }
        draft.build.add(with(maven, "-DskipTests", "package"));
        start(pom.get(), folder, draft, maven);
        return Optional.of(draft);
    }

    private static List<String> with(List<String> maven, String... goals) {
        var words = new java.util.ArrayList<>(maven);
        words.addAll(List.of(goals));
        return words;
    }

    private static void tools(String pom, Folder folder, Toolchains toolchains, Draft draft) {
        var release = RELEASE.matcher(pom);
        var wanted = release.find() ? Optional.of(">=" + release.group(1)) : Optional.<String>empty();
        toolchains
                .choose("maven", Optional.empty())
                .ifPresentOrElse(
                        draft::use,
                        () -> draft.warn(
                                "detect.tool", "there is no Maven on this machine", "install the package maven"));
        var java = toolchains.choose("java", wanted);
        java.ifPresentOrElse(
                tool -> {
                    draft.version = Optional.of(tool.version());
                    draft.use(tool);
                    draft.environment.put("JAVA_HOME", tool.home().toString());
                },
                () -> draft.warn(
                        "detect.version",
                        "the project asks for Java "
                                + wanted.map(text -> text.substring(2)).orElse("") + "; here are "
                                + toolchains.find("java").stream()
                                        .map(Toolchains.Tool::version)
                                        .toList(),
                        "install that JDK"));
    }

    private static void start(String pom, Folder folder, Draft draft, List<String> maven) {
        if (pom.contains("<packaging>war</packaging>")) {
            draft.service = Service.LIBRARY;
            draft.warn(
                    "detect.war",
                    "a war needs a servlet container, which is not started here",
                    "package it as a jar that starts by itself (Spring Boot: remove <packaging>war</packaging>)");
            return;
        }
        draft.service = Service.WEB;
        var memory = "-XX:MaxRAMPercentage=75";
        if (pom.contains("spring-boot-maven-plugin")) {
            draft.because("pom.xml", "Spring Boot");
            draft.start.put("web", Draft.shell("exec java " + memory + " -Dserver.port=\"$PORT\" -jar target/*.jar"));
            return;
        }
        if (pom.contains("maven-shade-plugin") || pom.contains("<manifest>")) {
            draft.start.put(
                    "web",
                    Draft.shell("exec java " + memory
                            + " -jar \"$(ls target/*.jar | grep -v -e original- -e -sources | head -n 1)\""));
            return;
        }
        var main = main(pom, folder);
        if (main.isEmpty()) {
            draft.service = Service.LIBRARY;
            return;
        }
        draft.because(main.get(), "has the main method");
        draft.build.add(with(
                maven,
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                "-DoutputDirectory=target/dependency"));
        draft.start.put(
                "web", Draft.shell("exec java " + memory + " -cp 'target/classes:target/dependency/*' " + main.get()));
    }

    private static Optional<String> main(String pom, Folder folder) {
        var named = MAIN.matcher(pom);
        if (named.find()) {
            return Optional.of(named.group(1));
        }
        return folder.files(12, name -> name.startsWith("src/main/java/") && name.endsWith(".java")).stream()
                .filter(name ->
                        MAIN_METHOD.matcher(folder.read(name).orElse("")).find())
                .map(name -> name.substring("src/main/java/".length(), name.length() - ".java".length())
                        .replace('/', '.'))
                .findFirst();
    }
}
