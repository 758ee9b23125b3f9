package dev.johwa.source.eject;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What does not belong into an image: what git ignores, and what only people and other tools need.
final class IgnoreText {
    private static final List<String> USUAL = List.of(
            ".git",
            ".github",
            ".dockerignore",
            "Dockerfile",
            "compose.yaml",
            "compose.yml",
            "docker-compose.yml",
            "docker-compose.yaml",
            "johwa.yaml",
            "**/.env",
            "**/.env.*",
            "!**/.env.example",
            "**/.DS_Store");

    private IgnoreText() {}

    static String of(EjectedProject project, EjectedApp app) {
        var lines = new LinkedHashSet<>(USUAL);
        lines.addAll(
                switch (app.detection().provider().replaceFirst("-.*", "")) {
                    case "node" -> List.of("**/node_modules", "**/npm-debug.log*", "coverage");
                    case "python" -> List.of("**/__pycache__", "**/*.pyc", ".venv", "venv", ".pytest_cache", ".tox");
                    case "java" -> List.of("**/target", "**/build/libs", "**/.gradle");
                    case "rust" -> List.of("target");
                    default -> List.of();
                });
        var ignored = new ArrayList<String>();
        Sources.text(project.place(app).resolve(".gitignore"))
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(IgnoreText::pattern)
                .filter(line -> !lines.contains(line))
                .forEach(ignored::add);
        if (!ignored.isEmpty()) {
            lines.add("# as .gitignore has it");
            lines.addAll(ignored);
        }
        return String.join("\n", lines) + "\n";
    }

    /// git's patterns without a slash in the middle hold in every folder; Docker's all begin at the top.
    private static String pattern(String line) {
        var not = line.startsWith("!") ? "!" : "";
        var plain = line.substring(not.length()).replaceFirst("/$", "");
        if (plain.startsWith("/")) {
            return not + plain.substring(1);
        }
        return not + (plain.contains("/") ? plain : "**/" + plain);
    }
}
