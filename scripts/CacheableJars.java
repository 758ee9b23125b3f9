import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;

/// Makes jars such that the JDK's ahead-of-time cache takes their classes, in place.
///
/// The cache leaves out classes older than version 50 and those of signed jars. picocli is compiled to 49: with its
/// classes in the cache a command starts about 35 ms sooner. JGit and Bouncy Castle are signed; their signatures were
/// checked by nobody here, since Maven compares checksums. What a manifest says of each file goes with them: every
/// process that has one class of such a jar would keep thousands of digests. Run by scripts/build, never at run time.
public final class CacheableJars {
    private static final int OLDEST_IN_CACHE = 50;

    public static void main(String[] args) throws IOException {
        for (var jar : args) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        var url = new URL[] {jar.toUri().toURL()};
        try (var loader = new URLClassLoader(url, ClassLoader.getPlatformClassLoader());
                var files = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            unsign(files.getPath("/META-INF"));
            var classes = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (var file : classFiles(files.getPath("/"))) {
                var model = classes.parse(Files.readAllBytes(file));
                if (model.majorVersion() < OLDEST_IN_CACHE) {
                    Files.write(file, modern(classes, model));
                }
            }
        }
    }

    private static void unsign(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var all = Files.list(folder)) {
            for (var file : all.filter(path -> path.toString().matches(".*\\.(SF|RSA|DSA|EC)")).toList()) {
                Files.delete(file);
            }
        }
        var place = folder.resolve("MANIFEST.MF");
        if (Files.exists(place)) {
            forgetFiles(place);
        }
    }

    private static void forgetFiles(Path place) throws IOException {
        var manifest = new Manifest();
        try (var input = Files.newInputStream(place)) {
            manifest.read(input);
        }
        manifest.getEntries().clear();
        try (var output = Files.newOutputStream(place)) {
            manifest.write(output);
        }
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(path -> path.toString().endsWith(".class")).toList();
        }
    }

    /// The old classes have no stack maps, which newer versions need: writing the code again makes them.
    private static byte[] modern(ClassFile classes, ClassModel model) {
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        return classes.transformClass(
                model, version.andThen(ClassTransform.transformingMethodBodies((code, element) -> code.with(element))));
    }
}
