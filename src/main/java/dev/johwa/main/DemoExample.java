package dev.johwa.main;

import java.util.List;

/// One of the applications that the [Demo] pushes.
///
/// @param language as people write it
/// @param tool what the machine needs for it, as the detector names it
/// @param name of its folder among the examples, and of its project
/// @param greeting makes its page say "Hello again"
/// @param slip makes its tests fail
record DemoExample(String language, String tool, String name, Edit greeting, Edit slip) {
    /// Those first that are live soonest. Java is always at hand, but Maven may have to be fetched for it.
    static final List<DemoExample> ALL = List.of(
            new DemoExample("Python", "python", "python-hello", title("app.py"), world("greeting.py", "\"")),
            new DemoExample("Node.js", "node", "node-hello", title("app.js"), world("greeting.js", "'")),
            new DemoExample("Go", "go", "go-hello", title("hello.go"), world("hello.go", "\"")),
            new DemoExample(
                    "Java",
                    "java",
                    "java-hello",
                    title("src/main/java/hello/HelloServer.java"),
                    new Edit("src/main/java/hello/Greeting.java", "\"morning\"", "\"mourning\"")));

    /// @param before text that is in the file once
    record Edit(String file, String before, String after) {}

    private static Edit title(String file) {
        return new Edit(file, "<title>Hello</title>", "<title>Hello again</title>");
    }

    private static Edit world(String file, String quote) {
        return new Edit(file, quote + "world" + quote, quote + "wold" + quote);
    }
}
