# SPDX-License-Identifier: Apache-2.0
# erlang.cmake - compiles Erlang modules and puts .beam files into C programs.

find_program(ERLC erlc REQUIRED)

# compile_erlang(beams folder source...): `beams` becomes the list of .beam files in `folder`.
function(compile_erlang beams folder)
  file(MAKE_DIRECTORY ${folder})
  set(made)
  foreach(source IN LISTS ARGN)
    get_filename_component(module ${source} NAME_WE)
    get_filename_component(place ${source} DIRECTORY)
    file(GLOB headers CONFIGURE_DEPENDS ${place}/*.hrl)
    add_custom_command(OUTPUT ${folder}/${module}.beam
      COMMAND ${ERLC} -Werror +deterministic -o ${folder} ${source}
      DEPENDS ${source} ${headers} COMMENT "Compiling ${module}.erl" VERBATIM)
    list(APPEND made ${folder}/${module}.beam)
  endforeach()
  set(${beams} ${made} PARENT_SCOPE)
endfunction()

# add_embedded(name beam...): a library with embedded_find (tools/mote/embedded.h) over these files.
function(add_embedded name)
  set(rows "")
  set(number 0)
  foreach(beam IN LISTS ARGN)
    get_filename_component(module ${beam} NAME_WLE)
    string(APPEND rows "EMBEDDED(${number}, \"${module}\", \"${beam}\")\n")
    math(EXPR number "${number} + 1")
  endforeach()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name})
  file(CONFIGURE OUTPUT ${folder}/embedded.inc CONTENT "${rows}")
  # A copy of the file, because what an object depends on belongs to its source.
  configure_file(${CMAKE_SOURCE_DIR}/tools/mote/embedded.c ${folder}/embedded.c COPYONLY)
  set_property(SOURCE ${folder}/embedded.c PROPERTY OBJECT_DEPENDS "${ARGN}")
  add_library(${name} STATIC ${folder}/embedded.c)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/tools/mote PRIVATE ${folder})
  target_link_libraries(${name} PRIVATE mote_options)
endfunction()
