package dev.johwa.main;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/// Lets a real program end abruptly before any one of its acts: each commit of the database, start of a process,
/// change of a file, ref of git, word to the edge; lets these acts take longer, and its clock go wrong. The program is
/// the same but for calls of [CutPoint]; the product knows nothing of it.
final class Cuts {
    private static final MethodTypeDesc PASS = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
    private static final MethodTypeDesc SHIFT = MethodTypeDesc.of(INSTANT, INSTANT);
    private static final String NOW = "java/time/Instant.now";
    private static final ClassDesc POINT = ClassDesc.of(CutPoint.class.getName());
    /// `owner.name` of what changes the world.
    private static final Set<String> ACTS = Set.of(
            "dev/johwa/lib/db/Statements.commit",
            "dev/johwa/serve/router/LineSocket.write",
            "java/io/File.delete",
            "java/io/File.renameTo",
            "java/lang/ProcessBuilder.start",
            "java/lang/ProcessHandle.destroy",
            "java/lang/ProcessHandle.destroyForcibly",
            "java/nio/channels/FileChannel.force",
            "java/nio/channels/FileChannel.open",
            "java/nio/channels/FileChannel.write",
            "java/nio/file/Files.copy",
            "java/nio/file/Files.createDirectories",
            "java/nio/file/Files.createDirectory",
            "java/nio/file/Files.createFile",
            "java/nio/file/Files.createLink",
            "java/nio/file/Files.createSymbolicLink",
            "java/nio/file/Files.createTempDirectory",
            "java/nio/file/Files.createTempFile",
            "java/nio/file/Files.delete",
            "java/nio/file/Files.deleteIfExists",
            "java/nio/file/Files.move",
            "java/nio/file/Files.newOutputStream",
            "java/nio/file/Files.setAttribute",
            "java/nio/file/Files.write",
            "java/nio/file/Files.writeString",
            "org/eclipse/jgit/lib/BatchRefUpdate.execute",
            "org/eclipse/jgit/lib/RefUpdate.delete",
            "org/eclipse/jgit/lib/RefUpdate.forceUpdate",
            "org/eclipse/jgit/lib/RefUpdate.update",
            "org/eclipse/jgit/util/FileUtils.delete",
            "org/eclipse/jgit/util/FileUtils.mkdirs",
            "org/eclipse/jgit/util/FileUtils.rename");
    private static final List<String> OF_GIT =
            List.of("org/eclipse/jgit/internal/storage/file", "org/eclipse/jgit/transport");

    private final Path folder;
    private final Path classes;
    private final String classPath;
    private int armings;

    /// @param folder for the changed classes and the count
    Cuts(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.classes = Files.createDirectories(folder.resolve("classes"));
        var main = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        eachFile(main.resolve("dev"), file -> changed(main, file));
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("org.eclipse.jgit-")) {
                git(Path.of(entry));
            }
        }
        this.classPath = String.join(File.pathSeparator, jars(main));
    }

    /// As users have it: an archive is opened once, while a class in a folder needs a file of its own, and one that
    /// could not be opened is never looked for again.
    private List<String> jars(Path main) throws IOException {
        var point = CutPoint.class.getName().replace('.', '/') + ".class";
        var tests = Path.of(CutPoint.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Files.copy(tests.resolve(point), place(tests, tests.resolve(point)));
        var jars = new ArrayList<>(List.of(jar("changed.jar", classes), jar("johwa.jar", main)));
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .forEach(jars::add);
        return jars;
    }

    private String jar(String name, Path root) throws IOException {
        var file = folder.resolve(name);
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.setLevel(Deflater.NO_COMPRESSION);
            eachFile(root, each -> {
                jar.putNextEntry(new ZipEntry(root.relativize(each).toString()));
                Files.copy(each, jar);
            });
        }
        return file.toString();
    }

    List<String> options() {
        return List.of("-Djohwa.cuts=" + folder);
    }

    String classPath() {
        return classPath;
    }

    /// From now on acts are counted, and this one does not happen any more.
    void arm(int act) throws IOException {
        Files.deleteIfExists(folder.resolve("passed"));
        var next = Files.writeString(folder.resolve("next"), act + " " + ++armings);
        Files.move(next, folder.resolve("armed"), StandardCopyOption.ATOMIC_MOVE);
    }

    void disarm() throws IOException {
        Files.deleteIfExists(folder.resolve("armed"));
    }

    /// From now on each act takes so much longer, as on a slow disk; 0 for no longer.
    void slow(int millis) throws IOException {
        say("slow", millis);
    }

    /// From now on the clock is so many seconds ahead, or behind.
    void shiftClock(long seconds) throws IOException {
        say("clock", seconds);
    }

    private void say(String name, long number) throws IOException {
        var next = Files.writeString(folder.resolve(name + ".next"), String.valueOf(number));
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Acts since the arming; the last one did not happen where the program ended.
    List<String> passed() throws IOException {
        var file = folder.resolve("passed");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /// All of git's library, since it is signed: its classes come from one place or from the other.
    private void git(Path library) throws IOException {
        try (var jar = FileSystems.newFileSystem(library)) {
            var root = jar.getPath("/");
            eachFile(root.resolve("org"), file -> {
                if (OF_GIT.stream().noneMatch(room -> file.startsWith(root.resolve(room))) || !changed(root, file)) {
                    Files.write(place(root, file), Files.readAllBytes(file));
                }
            });
        }
    }

    private interface Work {
        void on(Path file) throws IOException;
    }

    private static void eachFile(Path folder, Work work) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                work.on(file);
            }
        }
    }

    private Path place(Path root, Path file) throws IOException {
        var place = classes.resolve(root.relativize(file).toString());
        Files.createDirectories(place.getParent());
        return place;
    }

    /// @return false when there is nothing in it to change
    private boolean changed(Path root, Path file) throws IOException {
        if (!file.toString().endsWith(".class")) {
            return false;
        }
        var parser = ClassFile.of(
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(Cuts.class.getClassLoader())));
        var model = parser.parse(Files.readAllBytes(file));
        if (!acts(model)) {
            return false;
        }
        var name = file.getFileName().toString().replace(".class", "");
        var marking = ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(() -> new Before(name)));
        Files.write(place(root, file), parser.transformClass(model, marking));
        return true;
    }

    private static boolean acts(ClassModel model) {
        for (var entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && isAct(member)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAct(MemberRefEntry member) {
        return ACTS.contains(name(member)) || isTime(member);
    }

    private static boolean isTime(MemberRefEntry member) {
        return name(member).equals(NOW);
    }

    private static String name(MemberRefEntry member) {
        return member.owner().asInternalName() + "." + member.name().stringValue();
    }

    /// Asks before each act; told by class, line and what it is.
    private static final class Before implements CodeTransform {
        private final String name;
        private int line;

        Before(String name) {
            this.name = name;
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            if (element instanceof InvokeInstruction call && isTime(call.method())) {
                code.with(element);
                code.invokestatic(POINT, "shifted", SHIFT);
                return;
            }
            if (element instanceof InvokeInstruction call && isAct(call.method())) {
                var owner = call.owner().asInternalName();
                code.loadConstant(name + ":" + line + " " + owner.substring(owner.lastIndexOf('/') + 1) + "."
                        + call.name().stringValue());
                code.invokestatic(POINT, "pass", PASS);
            }
            code.with(element);
        }
    }
}
