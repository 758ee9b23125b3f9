package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// PHP, with Composer where there is a composer.json; served by PHP's own server from the folder of its index.php.
public final class PhpComposer implements Provider {
    private static final Needed PHP = Needed.packaged("php", "php-cli");
    private static final Needed COMPOSER = Needed.packaged("composer", "composer");
    private static final List<String> ROOTS = List.of("public", "web", "webroot", "www", "htdocs", "html", ".");
    private static final String SERVER = "exec php -S \"${HOST:-127.0.0.1}:${PORT:-8000}\" -t ";
    /// Laravel refuses to start without a key; this one is for tests alone.
    private static final String TEST_KEY = "base64:" + "A".repeat(43) + "=";

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var root = ROOTS.stream().filter(each -> folder.has(index(each))).findFirst();
        boolean hasManifest = folder.has("composer.json");
        if (root.isEmpty() && (!hasManifest || isForBrowsers(folder))) {
            return Optional.empty();
        }
        var draft = new Draft("php", "PHP").because(hasManifest ? "composer.json" : index(root.orElse(".")), "PHP");
        PHP.languageOn(toolchains, folder, draft);
        // One request must not wait for another.
        draft.environment.put("PHP_CLI_SERVER_WORKERS", "4");
        var manifest = JsonManifest.read(folder, "composer.json");
        var tests = new PhpTests(folder, manifest, draft);
        if (hasManifest) {
            install(folder, toolchains, manifest, draft);
        }
        if (tests.areScripted()) {
            composer(toolchains, draft);
        }
        tests.add();
        FrontEnd.of(folder, toolchains, draft).ifPresent(FrontEnd::build);
        if (folder.has("artisan")) {
            laravel(folder, draft);
        } else if (root.isPresent()) {
            draft.because(index(root.get()), "answers");
            draft.starts(Draft.shell(SERVER + root.get()), true, true);
        } else {
            draft.service = Service.LIBRARY;
        }
        return Optional.of(draft);
    }

    /// Packages of pages and scripts are given away by Composer too, without a line of PHP.
    private static boolean isForBrowsers(Folder folder) {
        return folder.has("package.json")
                && folder.files(name -> name.endsWith(".php")).isEmpty();
    }

    private static String index(String folder) {
        return folder.equals(".") ? "index.php" : folder + "/index.php";
    }

    private static void install(Folder folder, Toolchains toolchains, JsonNode manifest, Draft draft) {
        var names = manifest.path("require").propertyNames();
        boolean needsPackages = names.stream().anyMatch(name -> name.contains("/"))
                || !manifest.path("require-dev").isEmpty()
                || manifest.has("autoload");
        names.stream()
                .filter(name -> name.startsWith("ext-"))
                .forEach(name -> draft.because("composer.json", "needs PHP's extension " + name.substring(4)));
        if (!needsPackages || folder.has("vendor/autoload.php")) {
            return;
        }
        composer(toolchains, draft);
        draft.install.add(List.of("composer", "install", "--no-interaction", "--prefer-dist", "--no-progress"));
        draft.caches.add(new Cache("vendor", List.of("composer.lock", "composer.json")));
        draft.layers.add("vendor");
        if (!folder.has("composer.lock")) {
            draft.warn(
                    "detect.no-lock",
                    "there is no composer.lock, so versions may change from one build to the next",
                    "run `composer install` and commit composer.lock");
        }
    }

    private static void composer(Toolchains toolchains, Draft draft) {
        if (draft.packageManager.isEmpty()) {
            COMPOSER.on(toolchains, draft);
            draft.packageManager = Optional.of("composer");
            draft.environment.put("COMPOSER_ALLOW_SUPERUSER", "1");
        }
    }

    private static void laravel(Folder folder, Draft draft) {
        draft.because("artisan", "an application of Laravel");
        draft.environment.put("APP_ENV", "production");
        draft.environment.put("LOG_CHANNEL", "stderr");
        draft.testEnvironment.put("APP_ENV", "testing");
        draft.testEnvironment.put("APP_KEY", TEST_KEY);
        if (folder.hasFolder("database/migrations")) {
            draft.release.add(List.of("php", "artisan", "migrate", "--force"));
        }
        draft.starts(
                Draft.shell(
                        "exec php artisan serve --no-reload --host=\"${HOST:-127.0.0.1}\" --port=\"${PORT:-8000}\""),
                true,
                true);
        draft.warn(
                "detect.secret",
                "Laravel needs APP_KEY in production",
                "johwa secrets set APP_KEY (what `php artisan key:generate --show` prints)");
    }
}
