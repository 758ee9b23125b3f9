package dev.johwa.source.detect.python;

import java.util.ArrayList;
import java.util.List;

/// Copies of the requirements files in which lines that hold on the machine of their author only are replaced
/// ([Frozen]); pip is given those. Where there is no such line, there is no copy.
///
/// @param files all requirements files that are there, so that one finds another beside it
/// @param lines that are replaced
record RequirementsCopy(List<String> files, List<Frozen> lines) {
    private static final String FOLDER = ".venv/asked";

    /// Lines keep their numbers, and paths their meaning.
    private static final String WRITE = """
            # writes the requirements without what only their author's machine has
            import os, re, sys
            changed = {}
            for file, number, instead in zip(*[iter(sys.argv[2:])] * 3):
                changed.setdefault(file, {})[int(number)] = instead
            for file in changed:
                with open(file, 'rb') as source:
                    read = source.read()
                try:
                    text = read.decode('utf-16' if read[:2] in (b'\\xff\\xfe', b'\\xfe\\xff') else 'utf-8-sig')
                except UnicodeDecodeError:
                    text = read.decode('latin-1')
                copy = os.path.join(sys.argv[1], file)
                os.makedirs(os.path.dirname(copy), exist_ok=True)
                goes_on = False
                with open(copy, 'w', encoding='utf-8') as target:
                    for number, line in enumerate(re.split('\\r\\n|\\r|\\n', text), 1):
                        if goes_on or number in changed[file]:
                            goes_on = line.endswith('\\\\')
                            line = changed[file].get(number, '')
                        named = re.match(r'\\s*(-r|--requirement|-c|--constraint|-f|--find-links)[\\s=]*(\\S+)', line)
                        there = named and os.path.normpath(os.path.join(os.path.dirname(file), named.group(2)))
                        if there and there not in changed and os.path.exists(there):
                            way = os.path.relpath(there, os.path.dirname(copy))
                            line = named.group(1) + ' ' + way + line[named.end():]
                        target.write(line + '\\n')
            """;

    RequirementsCopy {
        files = List.copyOf(files);
        lines = lines.stream().filter(Frozen::isReplaced).toList();
    }

    /// What writes them.
    ///
    /// @param python the program
    List<List<String>> commands(String python) {
        if (lines.isEmpty()) {
            return List.of();
        }
        var words = new ArrayList<>(List.of(python, "-c", WRITE, FOLDER));
        files.forEach(file -> words.addAll(List.of(file, "0", "")));
        lines.forEach(line -> words.addAll(List.of(line.file(), Integer.toString(line.line()), line.instead())));
        return List.of(List.copyOf(words));
    }

    /// What pip is asked for, with the copies in place of the files.
    List<String> in(List<String> arguments) {
        if (lines.isEmpty()) {
            return arguments;
        }
        var words = new ArrayList<String>();
        for (var word : arguments) {
            boolean isFile = !words.isEmpty() && words.getLast().equals("-r") && files.contains(word);
            words.add(isFile ? FOLDER + "/" + word : word);
        }
        return List.copyOf(words);
    }
}
