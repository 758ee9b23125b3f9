package dev.johwa.source.migrate;

import java.util.Map;
import java.util.Optional;

/// What several platforms say of a site in nearly the same words: where paths lead, and fields of answers.
final class Sites {
    private static final String ADDRESS = "(/|https?://)\\S*";

    private Sites() {}

    /// A path that leads elsewhere.
    ///
    /// @param status as in `_redirects`: `200` for what is shown in its place, `!` where even a file gives way
    static void redirect(Entry entry, Sheet sheet, Optional<String> from, Optional<String> to, String status) {
        if (from.isEmpty()
                || to.isEmpty()
                || !from.get().matches(ADDRESS)
                || !to.get().matches(ADDRESS)) {
            sheet.notYet(entry, "it leads from no path to no path or address: '*' and :name stand for others");
            return;
        }
        var line = from.get() + " " + to.get() + (status.equals("301") ? "" : " " + status);
        if (status.matches("30[12378]!?")) {
            sheet.item(entry, "redirects", line);
        } else if (to.get().startsWith("http")) {
            sheet.notYet(entry, "what another host answers is not shown in its place; a redirect leads there");
        } else {
            sheet.byHand(entry, "a line of _redirects in the published folder: " + line);
        }
    }

    /// Fields of the answers below a path.
    static void fields(Entry entry, Sheet sheet, String path, Map<String, String> fields) {
        if (path.matches("/?\\*|/|/\\(\\.\\*\\)|/\\*\\*")) {
            fields.forEach((name, value) -> sheet.key(entry, "headers." + name, value));
        } else {
            var lines = fields.entrySet().stream()
                    .map(each -> each.getKey() + ": " + each.getValue())
                    .toList();
            sheet.byHand(
                    entry,
                    "lines of _headers in the published folder, below " + path + ": " + String.join("; ", lines));
        }
    }
}
