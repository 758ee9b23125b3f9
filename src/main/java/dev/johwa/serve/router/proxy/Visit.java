package dev.johwa.serve.router.proxy;

import dev.johwa.lib.site.Asked;
import dev.johwa.lib.site.Field;
import dev.johwa.lib.site.SiteRules;
import java.util.List;

/// How a site's own rules have it that a file is shown: under which address, with which status.
///
/// @param status of the answer where the file is found
record Visit(SiteRules rules, Asked asked, int status) {
    /// To a site without rules.
    static final Visit PLAIN = new Visit(SiteRules.NONE, new Asked("", "", ""), 200);

    /// Of what was asked, only that which the answer depends on.
    static Visit of(SiteRules rules, Asked asked, int status) {
        var host = rules.dependsOnHost() ? asked.host() : "";
        return new Visit(rules, new Asked(host, asked.path(), ""), status);
    }

    List<Field> fields() {
        return rules.isNone() ? List.of() : rules.fields(asked);
    }
}
