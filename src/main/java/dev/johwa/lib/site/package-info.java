/// The two files in which static hosts are told rules: `_redirects` (who asks here is answered from there) and
/// `_headers` (fields of answers), in the syntax that Netlify and Cloudflare Pages share.
///
/// Face: [SiteRules], [RedirectRules], [HeaderRules], [Asked], [Answer], [Field]; [RedirectExpression] for proxies of
/// others. Text becomes rules and problems with file and line; rules answer without looking back, so that no pattern is
/// slow. Must never know who serves.
@NullMarked
package dev.johwa.lib.site;

import org.jspecify.annotations.NullMarked;
