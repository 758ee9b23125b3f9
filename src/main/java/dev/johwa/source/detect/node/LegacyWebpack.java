package dev.johwa.source.detect.node;

import dev.johwa.source.detect.stack.Draft;
import java.util.Map;

/// webpack before its fifth version names files by a hash that OpenSSL 3, and so Node.js since 17, no longer has unless
/// it is told to. Most projects that were made before 2022 have it, hidden in their framework.
final class LegacyWebpack {
    /// What brings it along, and the first version that does not.
    private static final Map<String, Integer> WITHOUT = Map.of(
            "webpack", 5,
            "react-scripts", 5,
            "@vue/cli-service", 5,
            "nuxt", 3,
            "next", 11,
            "gatsby", 3,
            "@angular-devkit/build-angular", 12,
            "vuepress", 2,
            "laravel-mix", 6,
            "umi", 4);

    private LegacyWebpack() {}

    static void tell(NodeProject project, Draft draft) {
        boolean isNew = draft.version.isPresent() && NodePackage.first(draft.version.get()) >= 17;
        var found = WITHOUT.keySet().stream()
                .sorted()
                .filter(name -> isOld(project, name))
                .findFirst();
        if (isNew && found.isPresent()) {
            draft.environment.put("NODE_OPTIONS", "--openssl-legacy-provider");
            draft.because(
                    "package.json",
                    found.get() + " is older than Node.js 17: NODE_OPTIONS=--openssl-legacy-provider lets it run");
        }
    }

    private static boolean isOld(NodeProject project, String name) {
        int asked = project.manifest().version(name).map(NodePackage::first).orElse(Integer.MAX_VALUE);
        return asked < WITHOUT.getOrDefault(name, 0);
    }
}
