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

/// Rewrites the classes of a jar to the class file version of Java 17, in place.
///
/// The JDK's ahead-of-time cache leaves out classes older than version 50; picocli is compiled to 49, and with its
/// classes in the cache a command starts about 35 ms sooner. Run by scripts/build, never at run time.
public final class ModernClasses {
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
