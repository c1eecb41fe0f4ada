%% SPDX-License-Identifier: Apache-2.0
%% mote_code.erl - The process `code_server`: what OTP's module `code` asks about modules.
%%
%% Modules are found by the VM itself, in the folders of mote_path; this answers questions, and loads
%% what comes as bytes.
-module(mote_code).
-export([run/0, work/2]).

-spec run() -> no_return().
run() -> loop(#{}).

%% `Files`: what the modules that came as bytes are said to come from.
loop(Files) ->
    receive
        {code_call, From, Request} ->
            serve(From, Request, Files),
            loop(Files);
        {?MODULE, Module, File} ->
            loop(Files#{Module => File});
        _ ->
            loop(Files)
    end.

%% What runs code of a module, or waits for others, has a process of its own.
serve(From, Request, Files) ->
    case takes_long(Request) of
        true -> spawn(?MODULE, work, [From, Request]);
        false -> From ! {code_server, answer(Request, Files)}
    end.

takes_long({ensure_loaded, _}) -> true;
takes_long({get_object_code_for_loading, _}) -> true;
takes_long({load_file, _}) -> true;
takes_long({load_abs, _, _}) -> true;
takes_long({load_binary, _, _, _}) -> true;
takes_long({load_module, _, _, _, _, _}) -> true;
takes_long({finish_loading, _, _}) -> true;
takes_long({purge, _}) -> true;
takes_long({soft_purge, _}) -> true;
takes_long(_) -> false.

-spec work(pid(), term()) -> term().
work(From, Request) -> From ! {code_server, answer(Request)}.

answer({is_loaded, Module}, Files) ->
    case erlang:module_loaded(Module) of
        true -> {file, file(Module, Files)};
        false -> false
    end;
answer(all_loaded, Files) -> [{Module, file(Module, Files)} || Module <- erlang:loaded()];
answer(Request, _) -> answer(Request).

answer({ensure_loaded, Module}) -> loaded(mote:ensure_loaded(Module));
answer({get_object_code_for_loading, Module}) -> loaded(mote:ensure_loaded(Module));
answer({get_object_code, Module}) -> object_code(Module);
answer({load_binary, Module, File, Code}) ->
    _ = purge_old(Module),
    load(Module, File, Code);
%% Since release 26 those who ask prepare themselves.
answer({load_module, Prepared, Module, File, Purges, _}) ->
    _ = Purges andalso purge_old(Module),
    noted(finished(erlang:finish_loading([Prepared]), Module), Module, File);
answer({load_abs, Name, Module}) ->
    File = Name ++ ".beam",
    case prim_file:read_file(File) of
        {ok, Code} -> load(Module, File, Code);
        {error, _} -> {error, nofile}
    end;
answer({load_file, Module}) ->
    case object_code(Module) of
        {Module, Code, File} -> load(Module, File, Code);
        error -> loaded(mote:ensure_loaded(Module))
    end;
answer({delete, Module}) -> succeeds(fun() -> erlang:delete_module(Module) end);
answer({purge, Module}) -> purge(Module);
answer({soft_purge, Module}) -> erts_code_purger:soft_purge(Module);
answer(get_mode) -> interactive;
answer({where_is_file, Name}) ->
    case mote_path:find(Name) of
        {ok, File} -> File;
        error -> non_existing
    end;
answer(get_path) -> mote_path:folders();
answer({set_path, Folders}) -> mote_path:set(Folders);
answer({add_path, Where, Folder}) -> mote_path:add(Where, Folder);
answer({add_paths, Where, Folders}) -> mote_path:add_all(Where, Folders);
%% Releases from 26 on say whether what a folder holds may be remembered.
answer(clear_cache) -> ok;
answer({set_path, Folders, _}) -> mote_path:set(Folders);
answer({add_path, Where, Folder, _}) -> mote_path:add(Where, Folder);
answer({add_paths, Where, Folders, _}) -> mote_path:add_all(Where, Folders);
answer({del_paths, Names}) -> lists:foreach(fun mote_path:delete/1, Names);
answer({replace_path, Name, Folder, _}) -> mote_path:replace(Name, Folder);
answer({del_path, Name}) -> mote_path:delete(Name);
answer({replace_path, Name, Folder}) -> mote_path:replace(Name, Folder);
answer({dir, Folder}) -> dir(Folder);
answer({is_sticky, _}) -> false;
answer({Stick, _}) when Stick =:= stick_dir; Stick =:= unstick_dir; Stick =:= stick_mod;
                        Stick =:= unstick_mod -> ok;
answer({finish_loading, Prepared, EnsureLoaded}) ->
    finish_all([New || {Module, _} = New <- Prepared,
                       not (EnsureLoaded andalso erlang:module_loaded(Module))]);
answer(_) -> {error, enotsup}.

loaded({module, Module}) -> {module, Module};
loaded({error, Text}) when is_binary(Text) -> {error, badfile};
loaded({error, Why}) -> {error, Why}.

object_code(Module) ->
    case mote_path:find(atom_to_list(Module) ++ ".beam") of
        {ok, File} ->
            case prim_file:read_file(File) of
                {ok, Code} -> {Module, Code, filename:absname(File)};
                {error, _} -> error
            end;
        error ->
            error
    end.

load(Module, File, Code) -> noted(load_code(Module, Code), Module, File).

noted({module, Module}, Module, File) ->
    code_server ! {?MODULE, Module, File},
    {module, Module};
noted(Error, _, _) ->
    Error.

load_code(Module, Code) ->
    try erlang:load_module(Module, Code) of
        {error, on_load} -> mote_on_load:run(Module);
        Loaded -> Loaded
    catch
        error:_ -> {error, badfile}
    end.

finished(ok, Module) -> {module, Module};
finished({on_load, _}, Module) -> mote_on_load:run(Module);
finished({Why, _}, _) -> {error, Why}.

finish_all(Prepared) ->
    case erlang:finish_loading([Code || {_, {Code, _}} <- Prepared]) of
        ok ->
            _ = [code_server ! {?MODULE, Module, File} || {Module, {_, File}} <- Prepared],
            ok;
        {Why, Modules} ->
            {error, [{Module, Why} || Module <- Modules]}
    end.

purge_old(Module) -> erlang:check_old_code(Module) andalso purge(Module).

%% True if it killed somebody.
purge(Module) ->
    {_, Killed} = erts_code_purger:purge(Module),
    Killed.

succeeds(Fun) ->
    try Fun() of
        undefined -> false;
        _ -> true
    catch
        error:_ -> false
    end.

file(Module, Files) ->
    case Files of
        #{Module := File} -> File;
        #{} -> path(Module)
    end.

%% The file of a module; modules of the VM have none.
path(Module) ->
    case mote:module_path(Module) of
        undefined -> preloaded;
        Path -> unicode:characters_to_list(Path, unicode)
    end.

%% ---- Folders, by the place of a module in them ----

dir(root_dir) -> above(dir(lib_dir));
dir(lib_dir) -> above(dir({lib_dir, stdlib}));
dir({lib_dir, Name}) when is_atom(Name) -> mote_path:application(atom_to_list(Name));
dir({lib_dir, Name}) when is_list(Name) -> mote_path:application(Name);
dir({priv_dir, Name}) -> below(dir({lib_dir, Name}), "/priv");
dir({lib_dir, Name, Part}) -> below(dir({lib_dir, Name}), [$/ | atom_to_list(Part)]);
dir(compiler_dir) -> dir({lib_dir, compiler});
dir(_) -> {error, bad_name}.

above({error, Why}) -> {error, Why};
above(Path) -> filename:dirname(Path).

below({error, Why}, _) -> {error, Why};
below(Path, Name) -> Path ++ Name.
