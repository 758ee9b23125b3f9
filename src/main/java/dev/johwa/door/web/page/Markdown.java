package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.a;
import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.code;
import static dev.johwa.lib.html.Tags.div;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.em;
import static dev.johwa.lib.html.Tags.href;
import static dev.johwa.lib.html.Tags.li;
import static dev.johwa.lib.html.Tags.nothing;
import static dev.johwa.lib.html.Tags.p;
import static dev.johwa.lib.html.Tags.pre;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.strong;
import static dev.johwa.lib.html.Tags.styled;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.ul;

import dev.johwa.lib.html.Html;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/// CommonMark as pieces of a page. It is made of our own elements, so that whatever was written can neither run, style
/// nor load anything: HTML in it is shown as text, and an image is a link to it, but for pictures of our own.
final class Markdown {
    /// Deeper nesting is shown flat.
    private static final int DEEPEST = 40;

    private static final Pattern NAMED = Pattern.compile("(?<![\\w&#/.-])#([1-9]\\d{0,8})(?!\\w)");

    private final String project;
    private final Pictures pictures;

    private Markdown(String project, Pictures pictures) {
        this.project = project;
        this.pictures = pictures;
    }

    /// Draws what the address of an image leads to here, where that is anything that can be drawn.
    @FunctionalInterface
    interface Pictures {
        Optional<Html> of(String address);
    }

    /// @param project whose issues `#12` leads to
    static Html html(String project, String words) {
        return html(project, words, address -> Optional.empty());
    }

    /// @param pictures of images that stand alone
    static Html html(String project, String words, Pictures pictures) {
        var parser = Parser.builder()
                .maxOpenBlockParsers(DEEPEST)
                .maxInlineNesting(DEEPEST)
                .build();
        return div(styled("prose"), new Markdown(project, pictures).inside(parser.parse(words), false));
    }

    private Html inside(Node node, boolean isLinked) {
        var parts = new ArrayList<Html>();
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            parts.add(shown(child, isLinked));
        }
        return new Html.Row(parts);
    }

    private Html shown(Node node, boolean isLinked) {
        return switch (node) {
            case Paragraph paragraph -> paragraph(paragraph, isLinked);
            case Heading heading -> element("h" + Math.min(6, heading.getLevel() + 2), inside(heading, isLinked));
            case BlockQuote quote -> element("blockquote", inside(quote, isLinked));
            case BulletList list -> ul(inside(list, isLinked));
            case OrderedList list -> ordered(list, isLinked);
            case ListItem item -> li(inside(item, isLinked));
            case FencedCodeBlock block -> pre(code(text(block.getLiteral())));
            case IndentedCodeBlock block -> pre(code(text(block.getLiteral())));
            case HtmlBlock block -> pre(code(text(block.getLiteral())));
            case ThematicBreak _ -> element("hr");
            case Emphasis emphasis -> em(inside(emphasis, isLinked));
            case StrongEmphasis emphasis -> strong(inside(emphasis, isLinked));
            case Code piece -> code(text(piece.getLiteral()));
            case HtmlInline piece -> text(piece.getLiteral());
            case SoftLineBreak _ -> text("\n");
            case HardLineBreak _ -> element("br");
            case Link link -> link(link, link.getDestination(), isLinked);
            case Image image -> link(image, image.getDestination(), isLinked);
            case Text words -> isLinked ? text(words.getLiteral()) : linked(words.getLiteral());
            case LinkReferenceDefinition _ -> nothing();
            default -> inside(node, isLinked);
        };
    }

    /// In a list without gaps a paragraph is only its words.
    private Html paragraph(Paragraph paragraph, boolean isLinked) {
        boolean isAlone = paragraph.getFirstChild() == paragraph.getLastChild();
        if (isAlone && paragraph.getFirstChild() instanceof Image image) {
            return pictures.of(image.getDestination()).orElseGet(() -> p(inside(paragraph, isLinked)));
        }
        var above = paragraph.getParent() == null ? null : paragraph.getParent().getParent();
        boolean isTight = above instanceof ListBlock list && list.isTight();
        var inside = inside(paragraph, isLinked);
        return isTight ? inside : p(inside);
    }

    private Html ordered(OrderedList list, boolean isLinked) {
        var start = list.getMarkerStartNumber();
        return start == null || start == 1
                ? element("ol", inside(list, isLinked))
                : element("ol", attribute("start", start), inside(list, isLinked));
    }

    private Html link(Node node, String destination, boolean isLinked) {
        var words = node.getFirstChild() == null ? text(destination) : inside(node, true);
        return isLinked || destination.isEmpty()
                ? words
                : a(href(destination), attribute("rel", "nofollow noopener noreferrer"), words);
    }

    /// Words in which issues lead to their pages.
    private Html linked(String words) {
        var parts = new ArrayList<Html>();
        var named = NAMED.matcher(words);
        int from = 0;
        while (named.find()) {
            parts.add(text(words.substring(from, named.start())));
            parts.add(a(href(IssueView.address(project, named.group(1))), text(named.group())));
            from = named.end();
        }
        parts.add(text(words.substring(from)));
        return row(parts.toArray(Html[]::new));
    }
}
