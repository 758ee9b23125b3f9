package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.Optional;

/// What runs the tests of a Ruby project: RSpec for `spec`, else Rails or Minitest for `test`.
final class RubyTests {
    /// Minitest's own command starts no folder of tests, so its files are required one after another.
    private static final String ALL = "Dir[\"./test/**/{*_test,test_*}.rb\"].sort.each { |file| require file }";

    private RubyTests() {}

    static void add(Folder folder, boolean isBundled, Draft draft) {
        if (any(folder, "spec/.*_spec\\.rb")) {
            var report = Test.RESULTS + "/rspec.json";
            draft.test.add(new Test(
                    RubyBundler.words(isBundled, "rspec", "--format", "progress", "--format", "json", "--out", report),
                    "rspec",
                    Optional.of(report)));
        }
        if (any(folder, "test/.*(_test|/test_[^/]*)\\.rb|test/test_[^/]*\\.rb")) {
            var command = RubyRails.isIn(folder)
                    ? RubyBundler.words(isBundled, "rails", "test")
                    : RubyBundler.words(isBundled, "ruby", "-Itest", "-Ilib", "-e", ALL);
            draft.test.add(new Test(command, "minitest", Optional.empty()));
        }
    }

    private static boolean any(Folder folder, String pattern) {
        return !folder.files(name -> name.matches(pattern)).isEmpty();
    }
}
