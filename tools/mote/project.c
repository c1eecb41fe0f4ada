/* SPDX-License-Identifier: Apache-2.0 */
/* project.c - projects of mix and rebar3, built by their own tools. */

/* What a project consists of is told by its tool in two files of the cache: project.term, read by
   mote_project, and project.d, a rule of make with all that the build depends on. While nothing of
   that has changed, the tool is not asked again. */

#define _GNU_SOURCE
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "command.h"
#include "compile.h"
#include "elixir.h"
#include "program.h"

/* Runs in mix, behind the compilation. A configuration that asks the system is read each time. */
static const char mix_code[] =
    "folder = System.fetch_env!(\"MOTE_PROJECT\")\n"
    "config = Mix.Project.config()\n"
    "build = Mix.Project.build_path()\n"
    "apps = if paths = Mix.Project.apps_paths(), do: Map.keys(paths), else: [config[:app]]\n"
    "file = config[:config_path] || \"config/config.exs\"\n"
    "files = [file, Path.join(Path.dirname(file), \"runtime.exs\")]\n"
    "files = Enum.filter(files, &File.regular?/1)\n"
    "settings = Enum.reduce(files, [], fn file, all ->\n"
    "  options = [env: Mix.env(), target: Mix.target()]\n"
    "  Config.Reader.merge(all, Config.Reader.read!(file, options))\n"
    "end)\n"
    "main = config[:escript][:main_module] ||\n"
    "  Module.concat([Macro.camelize(to_string(config[:app] || :main))])\n"
    "terms = [paths: Enum.map(Path.wildcard(build <> \"/lib/*/ebin\") ++\n"
    "           Path.wildcard(build <> \"/lib/*/consolidated\"), &String.to_charlist/1),\n"
    "         applications: apps, main: main, elixir: true, settings: settings]\n"
    "text = Enum.map(terms, &:io_lib.format(\"~tp.~n\", [&1]))\n"
    "text = [\"%% coding: utf-8\\n\", :unicode.characters_to_binary(text)]\n"
    "File.write!(folder <> \"/project.term\", text)\n"
    "roots = [File.cwd!() | Enum.filter(Map.values(Mix.Project.deps_paths()), &File.dir?/1)]\n"
    "patterns = ~w(. mix.exs mix.lock lib src include priv config) ++\n"
    "  ~w(lib/** src/** include/** priv/** config/**)\n"
    "watched = for root <- roots, app <- [\"\", \"apps/*\"], pattern <- patterns,\n"
    "  file <- Path.wildcard(Path.join([root, app, pattern])), do: file\n"
    "asks = Enum.any?(Path.wildcard(\"config/*.exs\"), &(File.read!(&1) =~ ~r/System|File/))\n"
    "rule = Enum.join([\"project:\" | if(asks, do: [\"/always\"], else: watched)], \" \")\n"
    "File.write!(folder <> \"/project.d\", [rule, \"\\n\"])\n";

/* Runs in erl, behind the compilation. */
static const char rebar_code[] =
    "Folder = os:getenv(\"MOTE_PROJECT\"),"
    "Terms = case file:consult(\"rebar.config\") of {ok, Found} -> Found; _ -> [] end,"
    "Profile = case os:getenv(\"REBAR_PROFILE\") of false -> \"default\"; Name -> Name end,"
    "Files = fun(Starts, Ends) -> [File || Start <- Starts, End <- Ends, File <-"
    "                              filelib:wildcard(filename:absname(Start ++ End))] end,"
    "Apps = [\"\", \"apps/*/\", \"lib/*/\"],"
    "Own = [list_to_atom(filename:basename(File, \".app.src\")) ||"
    "       File <- Files(Apps, [\"src/*.app.src\"])],"
    "Shell = proplists:get_value(shell, Terms, []), Relx = proplists:get_value(relx, Terms, []),"
    "Start = case {lists:keyfind(apps, 1, Shell), lists:keyfind(release, 1, Relx)} of"
    "    {{apps, These}, _} -> These; {_, false} -> Own; {_, Release} -> element(3, Release) end,"
    "Config = proplists:get_value(config, Shell, proplists:get_value(sys_config, Relx, \"\")),"
    "Settings = case file:consult(Config) of {ok, [Given]} -> Given; _ -> [] end,"
    "Paths = Files([\"_build/\" ++ Profile], [\"/lib/*/ebin\", \"/checkouts/*/ebin\"]),"
    "Main = case Own of [First | _] -> First; [] -> main end,"
    "Written = [io_lib:format(\"~tp.~n\", [Term]) || Term <- [{paths, Paths}, {applications,"
    "    [case App of {A, _} -> A; A -> A end || App <- Start]}, {main, Main}, {elixir, false},"
    "    {settings, [Setting || {_, _} = Setting <- Settings]}]],"
    "ok = file:write_file(Folder ++ \"/project.term\","
    "    unicode:characters_to_binary([\"%% coding: utf-8\\n\", Written])),"
    "Watched = Files([\"_checkouts/*/\" | Apps], [\".\", \"src\", \"src/**\", \"include/**\","
    "                 \"priv/**\", \"config/**\", \"rebar.*\"]),"
    "ok = file:write_file(Folder ++ \"/project.d\", unicode:characters_to_binary("
    "    [\"project: \", lists:join(\" \", Watched), \"\\n\"])), halt().";

typedef struct Tool {
    const char *file; /* that tells a project of this kind */
    bool is_elixir;
    const char *build[6], *describe[6]; /* commands; NULL: nothing to do */
    const char *advice;
} Tool;

static const Tool tools[] = {
    {"mix.exs", true, {NULL}, {"mix", "run", "--no-start", "-e", mix_code, NULL},
     "'mix deps.get' fetches what it depends on"},
    {"rebar.config", false, {"rebar3", "compile", NULL},
     {"erl", "-noshell", "-eval", rebar_code, NULL},
     "'rebar3 compile' in it says more"},
};

static const Tool *find_tool(const char *folder)
{
    char path[PATH_MAX + 16];
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tools[i].file);
        if (access(path, R_OK) == 0) return &tools[i];
    }
    return NULL;
}

static bool build(const Tool *tool, const char *folder, const char *cache)
{
    setenv("MOTE_PROJECT", cache, 1);
    compile_begin(folder, cache);
    bool done = (!tool->build[0] || compile_run(folder, tool->build)) &&
                compile_run(folder, tool->describe);
    unsetenv("MOTE_PROJECT");
    return done;
}

int project_open(const char *path, const char *elixir, Program *program)
{
    char folder[PATH_MAX], cache[PATH_MAX];
    const char *why;
    const Tool *tool = realpath(path, folder) ? find_tool(folder) : NULL;
    if (!tool) {
        fprintf(stderr, "mote run: %s: no project: it has neither a mix.exs nor a rebar.config\n",
                path);
        return EXIT_USAGE;
    }
    if (tool->is_elixir && !elixir_open(elixir, &why)) {
        fprintf(stderr, "mote run: %s: %s\n", path, why);
        return EXIT_FAILED;
    }
    if (!compile_cache(folder, cache, sizeof cache)) return EXIT_FAILED;
    if (!compile_is_fresh(cache, "project.d") && !build(tool, folder, cache)) {
        fprintf(stderr, "mote run: %s could not be built; %s\n", path, tool->advice);
        return EXIT_FAILED;
    }
    program->kind = "project";
    int length = snprintf(program->target, sizeof program->target, "%s/project.term", cache);
    return length < (int)sizeof program->target ? EXIT_OK : EXIT_FAILED;
}
