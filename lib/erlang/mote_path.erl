%% SPDX-License-Identifier: Apache-2.0
%% mote_path.erl - The folders where modules are looked for, as OTP's module `code` changes them.
%%
%% The VM keeps the list (mote:folders/0). A folder .../NAME-VERSION/ebin or .../NAME/ebin is that
%% of the application NAME.
-module(mote_path).
-export([folders/0, set/1, add/2, add_all/2, delete/1, replace/2]).
-export([application/1, find/1]).

-include_lib("kernel/include/file.hrl").

-type folder() :: string().
-type failure() :: {error, bad_directory | bad_name}.

-spec folders() -> [folder()].
folders() -> lists:reverse([unicode:characters_to_list(Folder) || Folder <- mote:folders()]).

keep(Folders) -> mote:set_folders([unicode:characters_to_binary(Folder) || Folder <- Folders]).

-spec set([folder() | atom()]) -> true | failure().
set(Folders) ->
    try [known(Folder) || Folder <- Folders] of
        Known -> keep(Known), true
    catch
        _:_ -> {error, bad_directory}
    end.

-spec add(first | last, folder() | atom()) -> true | failure().
add(Where, Folder) ->
    try known(Folder) of
        Known -> keep(placed(Where, Known, folders())), true
    catch
        _:_ -> {error, bad_directory}
    end.

placed(first, Folder, Folders) -> [Folder | lists:delete(Folder, Folders)];
placed(last, Folder, Folders) ->
    case lists:member(Folder, Folders) of
        true -> Folders;
        false -> Folders ++ [Folder]
    end.

%% Those that are no folders are left out.
-spec add_all(first | last, [folder() | atom()]) -> ok.
add_all(_, []) -> ok;
add_all(Where, [Folder | Rest]) ->
    _ = add(Where, Folder),
    add_all(Where, Rest).

-spec delete(folder() | atom()) -> boolean() | failure().
delete(NameOrFolder) ->
    try filename:join([text(NameOrFolder)]) of
        Name ->
            Folders = folders(),
            case remove(Name, Folders) of
                Folders -> false;
                Rest -> keep(Rest), true
            end
    catch
        _:_ -> {error, bad_name}
    end.

%% The first that is meant.
remove(_, []) -> [];
remove(Name, [Folder | Rest]) ->
    case Folder =:= Name orelse name(Folder) =:= Name of
        true -> Rest;
        false -> [Folder | remove(Name, Rest)]
    end.

-spec replace(atom() | string(), folder()) -> true | failure() | {error, {badarg, list()}}.
replace(Name, Folder) ->
    try {text(Name), filename:join([text(Folder)])} of
        {Text, New} ->
            case name(New) of
                Text -> replace_by(Text, New);
                _ -> {error, bad_name}
            end
    catch
        _:_ -> {error, {badarg, [Name, Folder]}}
    end.

replace_by(Name, New) ->
    case is_folder(New) of
        true -> keep(replaced(Name, New, folders())), true;
        false -> {error, bad_directory}
    end.

replaced(_, New, []) -> [New];
replaced(Name, New, [Folder | Rest]) ->
    case name(Folder) of
        Name -> [New | Rest];
        _ -> [Folder | replaced(Name, New, Rest)]
    end.

%% The folder above the application's ebin.
-spec application(string()) -> folder() | {error, bad_name}.
application(Name) ->
    case [Folder || Folder <- folders(), name(Folder) =:= Name] of
        [] -> {error, bad_name};
        [Folder | _] ->
            case lists:reverse(filename:split(Folder)) of
                ["ebin", _ | _] -> filename:dirname(Folder);
                _ -> Folder
            end
    end.

%% The first file of that name.
-spec find(string()) -> {ok, file:filename()} | error.
find(Name) -> find(Name, folders()).

find(_, []) -> error;
find(Name, [Folder | Rest]) ->
    Path = filename:join(Folder, Name),
    case prim_file:read_file_info(Path) of
        {ok, #file_info{type = regular}} -> {ok, Path};
        _ -> find(Name, Rest)
    end.

%% The folder in its normal form; fails where it is none.
known(Folder) ->
    Normal = filename:join([text(Folder)]),
    true = is_folder(Normal),
    Normal.

is_folder(Path) ->
    case prim_file:read_file_info(Path) of
        {ok, #file_info{type = directory}} -> true;
        _ -> false
    end.

text(Name) when is_atom(Name) -> atom_to_list(Name);
text(Name) when is_list(Name) -> Name.

%% Of the application whose folder it is.
name(Folder) ->
    case lists:reverse(filename:split(Folder)) of
        ["ebin", Name | _] -> until_hyphen(Name);
        [Name | _] -> until_hyphen(Name);
        [] -> ""
    end.

until_hyphen(Name) -> lists:takewhile(fun(Char) -> Char =/= $- end, Name).
