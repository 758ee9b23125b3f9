package dev.johwa.source.eject;

import dev.johwa.source.detect.Detection.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The Dockerfile of an app: dependencies, build, tests in a stage of their own, and what runs, as nobody's user.
final class DockerfileText {
    /// A number, so that Kubernetes sees that it is not root.
    private static final String USER = "10001:10001";

    private final EjectedApp app;
    private final Recipe recipe;
    private final List<String> lines = new ArrayList<>();

    DockerfileText(EjectedApp app, Recipe recipe) {
        this.app = app;
        this.recipe = recipe;
    }

    String text() {
        boolean isSite = Recipes.isSite(app);
        head(isSite);
        if (!isSite || isBuilt()) {
            build();
            tests();
            prune();
        }
        if (isSite) {
            site();
        } else {
            run();
        }
        return String.join("\n", lines) + "\n";
    }

    private boolean isBuilt() {
        return !recipe.build.isEmpty() || !recipe.test.isEmpty();
    }

    private void head(boolean isSite) {
        var folder = app.isWhole() ? "." : app.folder().toString();
        lines.add("# The image: docker build --tag " + app.label() + " " + folder);
        if (!recipe.test.isEmpty()) {
            lines.add("# Its tests: docker build --target test " + folder);
        }
        if (isSite) {
            if (isBuilt()) {
                lines.add("ARG BUILDER=" + recipe.builder);
            }
            lines.add("ARG BASE=" + SiteText.IMAGE);
            return;
        }
        if (!recipe.builder.equals(recipe.base)) {
            lines.add("ARG BUILDER=" + recipe.builder);
        }
        lines.add("ARG BASE=" + recipe.base);
    }

    private void build() {
        boolean isOne = recipe.builder.equals(recipe.base) && !Recipes.isSite(app);
        boolean isApart = !recipe.manifests.isEmpty() && !recipe.install.isEmpty();
        stage(isOne ? "${BASE}" : "${BUILDER}", isApart ? "dependencies" : "build");
        lines.add("WORKDIR /app");
        values(recipe.environment);
        lines.addAll(Commands.run(recipe.tools));
        if (isApart) {
            recipe.manifests.forEach(each -> lines.add("COPY " + each));
            lines.addAll(Commands.run(recipe.install));
            stage("dependencies", "build");
        }
        if (!isApart || !recipe.manifests.contains(". .")) {
            lines.add("COPY . .");
        }
        if (!isApart) {
            lines.addAll(Commands.run(recipe.install));
        }
        lines.addAll(Commands.run(recipe.afterSources));
        lines.addAll(Commands.run(recipe.build));
        var folders = folders();
        if (!folders.isEmpty()) {
            lines.add("RUN mkdir -p " + String.join(" ", folders));
            if (!recipe.taken.isEmpty()) {
                folders.forEach(each -> recipe.taken.put(each + "/", each + "/"));
            }
        }
    }

    private List<String> folders() {
        return app.settings().data().stream()
                .filter(each -> each.endsWith("/"))
                .map(each -> each.substring(0, each.length() - 1))
                .toList();
    }

    private void tests() {
        if (recipe.test.isEmpty()) {
            return;
        }
        stage("build", "test");
        values(recipe.testEnvironment);
        lines.addAll(Commands.run(recipe.testTools));
        lines.addAll(Commands.run(recipe.test));
    }

    private void prune() {
        if (!recipe.prune.isEmpty()) {
            stage("build", "release");
            lines.addAll(Commands.run(recipe.prune));
        }
    }

    private String last() {
        return recipe.prune.isEmpty() ? "build" : "release";
    }

    private void run() {
        stage("${BASE}", "");
        lines.add("WORKDIR /app");
        var values = new LinkedHashMap<>(recipe.runEnvironment);
        if (app.settings().service() == Service.WEB) {
            values.put("HOST", "0.0.0.0");
            values.put("PORT", String.valueOf(recipe.port));
        }
        values(values);
        recipe.alongside.forEach(each -> lines.add("COPY --from=" + last() + " " + each + " " + each));
        var copy = "COPY --from=" + last() + " --chown=" + USER + " ";
        if (recipe.taken.isEmpty()) {
            lines.add(copy + "/app ./");
        }
        recipe.taken.forEach((from, to) -> lines.add(copy + "/app/" + from + " ./" + to));
        if (!recipe.at.isEmpty()) {
            lines.add("WORKDIR /app/" + recipe.at);
        }
        lines.add("USER " + USER);
        if (values.containsKey("PORT")) {
            lines.add("EXPOSE " + recipe.port);
        }
        recipe.check.ifPresent(
                words -> lines.add("HEALTHCHECK --interval=10s --start-period=30s CMD " + Commands.array(words)));
        Recipes.first(recipe).ifPresent(each -> lines.add("CMD " + Commands.array(each.getValue())));
    }

    private void site() {
        var folder = app.settings().publish().orElseThrow().folder();
        stage("${BASE}", "");
        lines.add("COPY nginx.conf /etc/nginx/conf.d/default.conf");
        var from = isBuilt() ? "--from=" + last() + " /app/" : "";
        lines.add("COPY " + (folder.equals(".") ? from + "." : from + folder) + " /usr/share/nginx/html");
        lines.add("USER 101");
        lines.add("EXPOSE " + recipe.port);
    }

    private void stage(String from, String name) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add("FROM " + from + (name.isEmpty() ? "" : " AS " + name));
    }

    private void values(Map<String, String> values) {
        if (!values.isEmpty()) {
            lines.add("ENV "
                    + values.entrySet().stream()
                            .map(each -> each.getKey() + "=" + value(each))
                            .collect(Collectors.joining(" \\\n    ")));
        }
    }

    private static String value(Map.Entry<String, String> each) {
        var text = each.getValue();
        // What the image has on its PATH stays behind ours.
        var literal = each.getKey().equals("PATH") ? text : text.replace("$", "\\$");
        return text.matches("[\\w./:$@%+,=-]+") ? literal : "\"" + literal.replace("\"", "\\\"") + "\"";
    }
}
