# SPDX-License-Identifier: Apache-2.0
# parts.cmake - the tables of natives that are linked in: natives/all.def, less what MOTE_PARTS leaves out.

set(MOTE_PARTS all CACHE STRING "Parts of src/PARTS that are linked in; all: each of them")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/src/PARTS ${CMAKE_SOURCE_DIR}/src/natives/all.def)
file(STRINGS ${CMAKE_SOURCE_DIR}/src/natives/all.def rows REGEX "^MODULE")
file(STRINGS ${CMAKE_SOURCE_DIR}/src/PARTS parts REGEX "^[a-z]+:")
foreach(part IN LISTS parts)
  string(REGEX MATCHALL "[a-z_/*]+" files "${part}")
  list(POP_FRONT files name)
  if(NOT MOTE_PARTS STREQUAL "all" AND NOT name IN_LIST MOTE_PARTS)
    foreach(file IN LISTS files)
      get_filename_component(base ${file} NAME)
      string(REPLACE "*" "[a-z_]*" base ${base})
      list(FILTER rows EXCLUDE REGEX "^MODULE[(]${base}[)]$")
    endforeach()
  endif()
endforeach()
list(JOIN rows "\n" rows)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/parts/natives/all.def CONTENT "${rows}\n")
target_include_directories(layer_natives BEFORE PRIVATE ${CMAKE_BINARY_DIR}/parts)
