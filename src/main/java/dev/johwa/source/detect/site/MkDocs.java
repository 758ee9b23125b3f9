package dev.johwa.source.detect.site;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import dev.johwa.source.detect.stack.VirtualEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A repository of pages for MkDocs. One that holds a Python package too is that package.
public final class MkDocs implements Provider {
    private static final List<String> CONFIGS = List.of("mkdocs.yml", "mkdocs.yaml");
    private static final List<String> PACKAGES =
            List.of("pyproject.toml", "setup.py", "setup.cfg", "manage.py", "app.py", "main.py", "package.json");
    private static final List<String> LISTS =
            List.of("requirements.txt", "docs/requirements.txt", "requirements-docs.txt", "requirements/docs.txt");
    private static final Pattern ASKED = Pattern.compile("(?mi)^mkdocs");
    private static final Pattern TARGET = Pattern.compile("(?m)^site_dir:\\s*[\"']?([\\w./-]+)");
    private static final Pattern MATERIAL = Pattern.compile("(?m)^\\s*(name|theme):\\s*[\"']?material\\b");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return folder.first(CONFIGS)
                .filter(config -> PACKAGES.stream().noneMatch(folder::has))
                .map(config -> draft(config, folder, toolchains));
    }

    private static Draft draft(String config, Folder folder, Toolchains toolchains) {
        var text = folder.read(config).orElse("");
        var draft = new Draft("mkdocs", "Python").because(config, "built by MkDocs");
        draft.packageManager = Optional.of("pip");
        draft.runtime(toolchains.find("python"), Asks.none("python"));
        draft.install.add(VirtualEnvironment.make(".venv"));
        var pip = new ArrayList<>(
                List.of(".venv/bin/python", "-m", "pip", "install", "-q", "--disable-pip-version-check"));
        var list = LISTS.stream().filter(file -> folder.says(file, ASKED)).findFirst();
        if (list.isPresent()) {
            draft.because(list.get(), "names MkDocs");
            pip.addAll(List.of("-r", list.get()));
        } else {
            pip.addAll(brought(text));
            draft.warn(
                    "detect.mkdocs",
                    "no requirements file names MkDocs, so " + String.join(" and ", brought(text)) + " is brought",
                    "write it and its plugins into requirements.txt");
        }
        draft.install.add(List.copyOf(pip));
        draft.caches.add(
                new Cache(".venv", list.map(file -> List.of(file, config)).orElse(List.of(config))));
        draft.layers.add(".venv");
        var target = SiteTool.named(TARGET, text).orElse("site");
        draft.build.add(List.of(".venv/bin/python", "-m", "mkdocs", "build", "--site-dir", target));
        return SiteTool.serves(target, draft);
    }

    private static List<String> brought(String config) {
        return MATERIAL.matcher(config).find() ? List.of("mkdocs-material==9.6.14") : List.of("mkdocs==1.6.1");
    }
}
