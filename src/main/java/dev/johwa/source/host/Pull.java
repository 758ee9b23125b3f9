package dev.johwa.source.host;

import java.util.regex.Pattern;

/// A proposal from a fork: somebody asks for a change who may not push. Title and author are a stranger's words.
///
/// @param head the commit that is proposed
/// @param approved the commit that may run here, empty for none
public record Pull(int number, String title, String author, String head, String approved, String approvedBy) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LONGEST = 100;

    public Pull {
        title = plain(title);
        author = plain(author);
    }

    /// Nothing that moves a cursor.
    private static String plain(String text) {
        var line = text.replaceAll("\\p{C}", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    public boolean isApproved() {
        return head.equals(approved);
    }

    boolean isSound() {
        return number > 0 && COMMIT.matcher(head).matches();
    }

    /// Where it lies here.
    static String ref(int number) {
        return "refs/pull/" + number + "/head";
    }
}
