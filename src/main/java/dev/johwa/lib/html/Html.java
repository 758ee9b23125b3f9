package dev.johwa.lib.html;

import java.util.List;

/// A piece of a page.
public sealed interface Html extends Piece {

    /// Writes it as HTML.
    void write(StringBuilder out);

    /// As HTML.
    default String text() {
        var out = new StringBuilder(1024);
        write(out);
        return out.toString();
    }

    /// Words, escaped when they are written.
    record Text(String words) implements Html {
        @Override
        public void write(StringBuilder out) {
            escape(words, out);
        }
    }

    /// Pieces one after the other; none of them is nothing at all.
    record Row(List<Html> parts) implements Html {
        public Row {
            parts = List.copyOf(parts);
        }

        @Override
        public void write(StringBuilder out) {
            parts.forEach(part -> part.write(out));
        }
    }

    /// An element with what is in it.
    record Element(String tag, List<Attribute> attributes, List<Html> content) implements Html {
        public Element {
            attributes = List.copyOf(attributes);
            content = List.copyOf(content);
        }

        @Override
        public void write(StringBuilder out) {
            out.append('<').append(tag);
            attributes.forEach(attribute -> attribute.write(out));
            out.append('>');
            if (Tags.isVoid(tag)) {
                return;
            }
            content.forEach(part -> part.write(out));
            out.append("</").append(tag).append('>');
        }
    }

    /// A whole document.
    record Document(Element root) implements Html {
        @Override
        public void write(StringBuilder out) {
            out.append("<!doctype html>\n");
            root.write(out);
        }
    }

    /// What HTML would read as markup becomes text, within elements and within quoted attributes.
    static void escape(String words, StringBuilder out) {
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            switch (letter) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(isShown(letter) ? letter : '\uFFFD');
            }
        }
    }

    /// HTML has no control characters but white space.
    private static boolean isShown(char letter) {
        return letter >= ' ' && (letter < '\u007F' || letter > '\u009F')
                || letter == '\n'
                || letter == '\t'
                || letter == '\r';
    }
}
