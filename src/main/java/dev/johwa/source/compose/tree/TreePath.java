package dev.johwa.source.compose.tree;

import org.jspecify.annotations.Nullable;

/// Where in a tree a value is: the keys from the top; `[]` for an item of a list.
///
/// @param above null only at the top itself
/// @param length how many keys there are
public record TreePath(@Nullable TreePath above, String last, int length) {
    public static final String ITEM = "[]";
    public static final TreePath TOP = new TreePath(null, "", 0);

    public static TreePath of(String... keys) {
        var path = TOP;
        for (var key : keys) {
            path = path.next(key);
        }
        return path;
    }

    public TreePath next(String key) {
        return new TreePath(this, key, length + 1);
    }

    public TreePath item() {
        return next(ITEM);
    }

    /// Whether it is what a pattern means, in which `*` stands for any key or item.
    boolean matches(String[] pattern) {
        if (pattern.length != length) {
            return false;
        }
        TreePath each = this;
        for (int i = pattern.length - 1; i >= 0 && each != null; i--) {
            if (!pattern[i].equals("*") && !pattern[i].equals(each.last)) {
                return false;
            }
            each = each.above;
        }
        return true;
    }

    /// `services.web.ports[]`.
    @Override
    public String toString() {
        if (above == null || above.length == 0) {
            return last;
        }
        return last.equals(ITEM) ? above + ITEM : above + "." + last;
    }
}
