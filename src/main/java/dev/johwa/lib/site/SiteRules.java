package dev.johwa.lib.site;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The rules of one site. Never changed; safe for use by many threads.
public final class SiteRules {
    public static final String REDIRECTS = "_redirects";
    public static final String HEADERS = "_headers";
    /// Bytes of a file of rules; nothing of a larger one is read.
    public static final int LARGEST = 1 << 20;
    public static final SiteRules NONE = new SiteRules(RedirectRules.NONE, HeaderRules.NONE);

    private final RedirectRules redirects;
    private final HeaderRules headers;

    private SiteRules(RedirectRules redirects, HeaderRules headers) {
        this.redirects = redirects;
        this.headers = headers;
    }

    /// The rules of a folder that is served; [#NONE] when it has none.
    public static SiteRules read(Path site) {
        var redirects = text(site.resolve(REDIRECTS));
        var headers = text(site.resolve(HEADERS));
        return redirects.isEmpty() && headers.isEmpty()
                ? NONE
                : new SiteRules(RedirectRules.of(REDIRECTS, redirects), HeaderRules.of(HEADERS, headers));
    }

    /// Rules that only lead elsewhere.
    ///
    /// @param lines as of a file `_redirects`
    public static SiteRules ofRedirects(List<String> lines) {
        return new SiteRules(RedirectRules.of(REDIRECTS, String.join("\n", lines)), HeaderRules.NONE);
    }

    /// What is wrong with such a line; empty when it leads elsewhere.
    public static Optional<Problem> wrongRedirect(String line) {
        return RedirectRules.of(REDIRECTS, line).problems().stream().findFirst();
    }

    private static String text(Path file) {
        try {
            boolean isRead = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST;
            return isRead ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }

    public boolean isNone() {
        return this == NONE;
    }

    /// The answer of the first rule that fits; null when none does.
    ///
    /// @param isThere whether a file answers at that path: rules with placeholders leave it alone
    public @Nullable Answer redirect(Asked asked, BooleanSupplier isThere) {
        return redirects.answer(asked, isThere);
    }

    /// Fields for an answer that shows a file, each name once; an empty value takes the field away.
    public List<Field> fields(Asked asked) {
        return headers.fields(asked);
    }

    /// Whether fields differ by the host that was asked.
    public boolean dependsOnHost() {
        return headers.dependsOnHost();
    }
}
