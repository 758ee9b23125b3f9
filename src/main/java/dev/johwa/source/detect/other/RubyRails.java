package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What Rails adds to Ruby: assets that are built, migrations, a key that must be secret.
final class RubyRails {
    private static final Pattern HEALTH = Pattern.compile("rails/health#show");

    /// What calls programs of Node.js while assets are built.
    private static final List<String> BUNDLERS =
            List.of("jsbundling-rails", "cssbundling-rails", "shakapacker", "webpacker", "vite_rails");

    private RubyRails() {}

    static boolean isIn(Folder folder) {
        return folder.has("config/application.rb") && folder.has("config/environment.rb");
    }

    static void add(Folder folder, Toolchains toolchains, Draft draft) {
        draft.because("config/application.rb", "an application of Rails");
        draft.environment.put("RAILS_ENV", "production");
        draft.environment.put("RAILS_LOG_TO_STDOUT", "true");
        draft.environment.put("RAILS_SERVE_STATIC_FILES", "true");
        draft.testEnvironment.put("RAILS_ENV", "test");
        if (BUNDLERS.stream().anyMatch(gem -> RubyGems.has(folder, gem))) {
            FrontEnd.of(folder, toolchains, draft)
                    .ifPresent(pages -> pages.install("has packages that assets:precompile builds with"));
        }
        if (folder.hasFolder("app/assets")) {
            // A key is asked for although building assets uses none.
            draft.build.add(List.of(
                    "env",
                    "SECRET_KEY_BASE_DUMMY=1",
                    "SECRET_KEY_BASE=none",
                    "bundle",
                    "exec",
                    "rails",
                    "assets:precompile"));
        }
        if (folder.hasFolder("db/migrate")) {
            draft.release.add(List.of("bundle", "exec", "rails", "db:migrate"));
        }
        draft.starts(
                Draft.shell("exec bundle exec rails server -b \"${HOST:-127.0.0.1}\" -p \"${PORT:-3000}\""),
                true,
                true);
        if (folder.says("config/routes.rb", HEALTH)) {
            draft.health = Optional.of("/up");
        }
        if (!folder.has("config/master.key")) {
            draft.warn(
                    "detect.secret",
                    "Rails needs RAILS_MASTER_KEY or SECRET_KEY_BASE in production",
                    "johwa secrets set RAILS_MASTER_KEY (the text of config/master.key, which is rightly not in git)");
        }
    }
}
