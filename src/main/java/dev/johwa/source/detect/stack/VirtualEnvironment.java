package dev.johwa.source.detect.stack;

import java.util.List;

/// Makes a folder in which Python packages are installed, with pip in it.
///
/// Python's own `venv` has pip install itself, which takes most of its time; here the files of the wheel that Python
/// carries, or its system beside it (`WHEEL_PKG_DIR`, as Debian's), are unpacked instead. Where there is none, it is
/// done in Python's own way.
public final class VirtualEnvironment {
    /// A program of Python; its argument is the folder. One that is there and whole stays as it is.
    public static final String MAKE = """
            # makes an environment, with the pip that Python carries
            import ensurepip, glob, os, sys, sysconfig, venv, zipfile
            folder = sys.argv[1]
            carried = os.path.join(os.path.dirname(ensurepip.__file__), '_bundled')
            place = sysconfig.get_config_var('WHEEL_PKG_DIR') or carried
            wheels = [each for name in ('pip', 'setuptools') for each in glob.glob(os.path.join(place, name + '-*.whl'))]
            venv.create(folder, symlinks=True, with_pip=not wheels)
            packages = os.path.join(folder, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages')
            pip = os.path.join(folder, 'bin', 'pip')
            if not os.path.exists(pip):
                for wheel in wheels:
                    zipfile.ZipFile(wheel).extractall(packages)
                with open(pip, 'w') as file:
                    file.write('#!/bin/sh\\nexec "$(dirname -- "$(realpath -- "$0")")/python" -m pip "$@"\\n')
                os.chmod(pip, 0o755)
            """;

    private VirtualEnvironment() {}

    /// The command that makes it, for a folder relative to the project.
    public static List<String> make(String folder) {
        return List.of("python3", "-c", MAKE, folder);
    }
}
