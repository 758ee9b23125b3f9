package dev.johwa.source.detect.jvm;

import dev.johwa.lib.text.Resource;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tomcat around a war, which starts by itself nowhere: fetched by Maven beside the project, and started with the war
/// as Maven leaves it unpacked.
///
/// @param version of Tomcat: wars until Java EE 8 and those after it are written for different ones
record WarServer(String version) {
    private static final int MOST_SOURCES = 200;
    private static final String PLACE = ".johwa-tomcat";
    private static final Pattern JAKARTA = Pattern.compile("jakarta[.:]|jakartaee|<artifactId>jakarta");
    /// What later wars import by the other name; the rest of `javax` belongs to Java itself.
    private static final Pattern JAVAX = Pattern.compile("javax\\.(servlet|ws\\.rs|faces|ejb|enterprise|websocket)\\b");
    private static final String POM = "<project><modelVersion>4.0.0</modelVersion><groupId>johwa</groupId>"
            + "<artifactId>tomcat</artifactId><version>1</version><dependencies><dependency>"
            + "<groupId>org.apache.tomcat.embed</groupId><artifactId>tomcat-embed-jasper</artifactId><version>%s</version>"
            + "</dependency></dependencies></project>";
    private static final String MAKE = "mkdir -p \"$0\" && printf %s \"$1\" > \"$0/pom.xml\""
            + " && printf %s \"$2\" > \"$0/War.java\" && shift 2"
            + " && \"$@\" -q -f \"$0/pom.xml\" dependency:copy-dependencies -DoutputDirectory=lib"
            + " && javac -cp \"$0/lib/*\" -d \"$0\" \"$0/War.java\"";

    /// The one that a module's war is written for, as its sources import it: artifacts were called `jakarta` before
    /// their packages were.
    static WarServer of(Folder folder, Pom pom) {
        var sources =
                folder.files(name -> name.startsWith(pom.below("src/main/").replaceFirst("^\\./", ""))
                        && name.matches(".*\\.(java|kt|groovy|xml|jspx?)"));
        boolean isJakarta = anySays(sources, JAKARTA, folder)
                || !anySays(sources, JAVAX, folder)
                        && JAKARTA.matcher(pom.text()).find();
        return new WarServer(isJakarta ? "11.0.27" : "9.0.112");
    }

    private static boolean anySays(List<String> sources, Pattern words, Folder folder) {
        return sources.stream().limit(MOST_SOURCES).anyMatch(name -> folder.says(name, words));
    }

    /// How the war of a module is started.
    static List<String> start(JavaStart start, Pom pom) {
        return start.classPath(PLACE + ":" + PLACE + "/lib/*", "War", pom.below("target"));
    }

    /// @param maven its words
    void bring(List<String> maven, Draft draft) {
        var made = List.of(
                "sh", "-c", MAKE, PLACE, POM.formatted(version), Resource.text(WarServer.class, "War.java.txt"));
        draft.install.add(Stream.of(made, maven).flatMap(List::stream).collect(Collectors.toUnmodifiableList()));
        draft.layers.add(PLACE);
        draft.brings("Tomcat " + version + " from Maven's repository, since a war does not start by itself");
    }
}
