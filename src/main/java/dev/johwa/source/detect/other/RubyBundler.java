package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Ruby, with Bundler where there is a Gemfile: Rails, Rack, Sinatra, or a file that listens by itself.
public final class RubyBundler implements Provider {
    private static final Needed RUBY = Needed.packaged("ruby", "ruby");
    private static final Needed BUNDLER = Needed.packaged("bundle", "ruby-bundler");
    private static final List<String> MAINS = List.of("app.rb", "server.rb", "main.rb", "web.rb");
    private static final Pattern SINATRA = Pattern.compile("require ['\"]sinatra['\"]");
    private static final Pattern LISTENS = Pattern.compile("WEBrick|TCPServer|require ['\"](sinatra|roda|socket)['\"]");
    private static final Pattern GEM = Pattern.compile("(?m)^\\s*(gem|gemspec)\\b");
    private static final Pattern JEKYLL = Pattern.compile("(?m)^\\s*gem\\s+['\"](jekyll|github-pages)['\"]");
    private static final String ADDRESS = "-o \"${HOST:-127.0.0.1}\" -p \"${PORT:-9292}\"";

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        boolean hasGemfile = folder.has("Gemfile");
        var main = folder.first(MAINS);
        boolean isStarted = folder.has("config.ru") || main.isPresent();
        // A Gemfile for tools only (CocoaPods, fastlane, Jekyll) makes no application of Ruby.
        boolean isAside = folder.has("package.json") || folder.says("Gemfile", JEKYLL);
        if (!isStarted && (!hasGemfile || isAside)) {
            return Optional.empty();
        }
        var draft = new Draft("ruby", "Ruby")
                .because(
                        hasGemfile
                                ? "Gemfile"
                                : main.filter(_ -> !folder.has("config.ru")).orElse("config.ru"),
                        "Ruby");
        RUBY.languageOn(toolchains, folder, draft);
        draft.environment.put("RACK_ENV", "production");
        draft.environment.put("APP_ENV", "production");
        draft.testEnvironment.put("RACK_ENV", "test");
        draft.testEnvironment.put("APP_ENV", "test");
        boolean isBundled = folder.says("Gemfile", GEM);
        if (isBundled) {
            bundle(folder, toolchains, draft);
        }
        if (RubyRails.isIn(folder)) {
            RubyRails.add(folder, toolchains, draft);
        } else {
            start(folder, toolchains, isBundled, draft);
        }
        RubyTests.add(folder, isBundled, draft);
        return Optional.of(draft);
    }

    private static void bundle(Folder folder, Toolchains toolchains, Draft draft) {
        BUNDLER.on(toolchains, draft);
        draft.packageManager = Optional.of("bundler");
        draft.environment.put("BUNDLE_PATH", "vendor/bundle");
        draft.install.add(List.of("bundle", "install"));
        draft.caches.add(new Cache("vendor/bundle", List.of("Gemfile.lock", "Gemfile", ".ruby-version")));
        draft.layers.add("vendor/bundle");
        if (folder.has("Gemfile.lock")) {
            draft.environment.put("BUNDLE_FROZEN", "true");
        } else {
            draft.warn(
                    "detect.no-lock",
                    "there is no Gemfile.lock, so versions may change from one build to the next",
                    "run `bundle install` and commit Gemfile.lock");
        }
    }

    private static void start(Folder folder, Toolchains toolchains, boolean isBundled, Draft draft) {
        var before = isBundled ? "bundle exec " : "";
        var main = folder.first(MAINS);
        if (folder.has("config.ru")) {
            draft.because("config.ru", "an application of Rack");
            boolean hasPuma = isBundled && RubyGems.has(folder, "puma");
            var server = hasPuma
                    ? "puma -b \"tcp://${HOST:-127.0.0.1}:${PORT:-9292}\" config.ru"
                    : "rackup " + ADDRESS + " config.ru";
            if (!isBundled) {
                Needed.packaged("rackup", "ruby-rack").on(toolchains, draft);
            }
            draft.starts(Draft.shell("exec " + before + server), true, true);
        } else if (main.isPresent()) {
            boolean isSinatra = folder.says(main.get(), SINATRA);
            draft.because(main.get(), "is started");
            var command = isSinatra
                    ? Draft.shell("exec " + before + "ruby " + main.get() + " " + ADDRESS)
                    : words(isBundled, "ruby", main.get());
            draft.starts(command, folder.says(main.get(), LISTENS), true);
        } else {
            draft.service = Service.LIBRARY;
        }
        draft.health(folder, folder.files(name -> name.endsWith(".rb") || name.equals("config.ru")));
    }

    static List<String> words(boolean isBundled, String... command) {
        var words = new ArrayList<String>();
        if (isBundled) {
            words.addAll(List.of("bundle", "exec"));
        }
        words.addAll(List.of(command));
        return List.copyOf(words);
    }
}
